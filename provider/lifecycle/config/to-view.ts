import type { ConfigView } from "../../plan/describe/config-view";
import { createHash } from "node:crypto";
import { meaningOf } from "../../plan/compare/effective-key";
import { describePlace } from "../../plan/placement/placement";
import type { ConfigInputs, ConfigState } from "../../schema/config";
import { driversDirectoryOf, placeOf, stateDirectory } from "../server/server-places";
import { stackOf } from "../stack-of";
import { isDrift } from "./keys-seen";
import { digestOfTriggers } from "./to-desired";

/** One side of a comparison, from inputs or from a state; `addresses` are those of the nodes. */
export function toView(config: ConfigState, addresses: readonly (string | null)[]): ConfigView {
  const { server, connectors, drivers = [], live, loaded } = config;
  const place = placeOf(server);
  return {
    server: server.name,
    owner: ownerOf(config),
    nodes: server.nodes.map(({ name }, i) => ({ name, address: addresses[i] ?? null })),
    placement: place.placement,
    directory: describePlace(place),
    driversDirectory: driversDirectoryOf(server),
    stateDirectory: stateDirectory(server),
    connectors,
    drivers,
    trust: config.trust ?? [],
    trusted: config.trusted ?? {},
    live,
    loaded,
    record: config.remembered?.onServer === "no" ? "to be written" : "written",
    due: config.activationDue ?? null,
    keys: keysOf(config),
    givenBack: [],
    givenKeys: givenKeys(config),
    otherKeys: otherKeysOf(config),
    givenOtherKeys: givenOtherKeys(config),
    triggers: triggersOf(config),
    stopped: config.serverStatus === "STOPPED",
    unlisted: config.unlisted ?? [],
    retiresUnlisted: config.unlistedConnectors === "retire",
    takesOver: config.takeOver === true,
  };
}

// States of older programs have no name in them.
function ownerOf({ __urn: urn }: ConfigInputs): string {
  return urn === "" ? "" : `${stackOf(urn)} (${urn.split("::").at(-1) ?? ""})`;
}

// What was last seen applied outranks what the program then said of it, if anything.
function keysOf(config: ConfigState): ConfigView["keys"] {
  if (config.applied === undefined) return givenKeys(config);
  const { connectPluginsPath, disableVerifyConnectorPluginSignature } = config.applied;
  return {
    connectPluginsPath: connectPluginsPath ?? undefined,
    disableVerifyConnectorPluginSignature: disableVerifyConnectorPluginSignature ?? undefined,
  };
}

// The same of keys without an argument of their own.
function otherKeysOf(config: ConfigState): ConfigView["otherKeys"] {
  return config.rememberedKeys === undefined ? givenOtherKeys(config) : digests(config.rememberedKeys.applied);
}

function givenOtherKeys({ keys = {} }: ConfigInputs): ConfigView["givenOtherKeys"] {
  const drifted = Object.entries(keys).filter(([, value]) => isDrift(value));
  return { ...digests(keys), ...Object.fromEntries(drifted.map(([key]) => [key, "drift"])) };
}

function digests(keys: Readonly<Record<string, string | null>>): Record<string, string> {
  const digest = (text: string): string => createHash("sha256").update(text).digest("hex");
  return Object.fromEntries(Object.entries(keys).map(([key, value]) => [key, digest(JSON.stringify(meaningOf(key, value)))]));
}

// An update that failed has the program's triggers in its state, and the restart that they ask for may not have been made.
function triggersOf(config: ConfigState): ConfigView["triggers"] {
  const { remembered = null } = config;
  return remembered === null ? digestOfTriggers(config.restartTriggers) : remembered.triggers;
}

function givenKeys({ connectPluginsPath, disableVerifyConnectorPluginSignature: disable }: ConfigInputs): ConfigView["givenKeys"] {
  return { connectPluginsPath, disableVerifyConnectorPluginSignature: disable === undefined ? undefined : String(disable) };
}
