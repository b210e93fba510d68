import { observeServer } from "../../activation/observe-server";
import { connectPluginsPathKey, disableVerifyKey, keyNames } from "../../vocabulary/keys";
import type { DesiredServer } from "../../plan/desired";
import { effectiveKey, sameValue } from "../../plan/compare/effective-key";
import { seenTrusted } from "../../plan/compare/trusted";
import { belongsElsewhere, seenLive, seenLoaded } from "../../plan/compare/live";
import { ownership } from "../../plan/record/ownership";
import { recall, type Remembered, rememberedDirectories } from "../../plan/record/remembered";
import { keySeen, type SeenServer } from "../../plan/seen";
import { config as tables, type ConfigState } from "../../schema/config";
import { parse } from "../../schema/read";
import { toTarget } from "../server/to-target";
import type { Lifecycle, Properties } from "../lifecycle";
import type { Services } from "../services";
import { seenKeys } from "./keys-seen";
import { memoryOf, withSecretMemory } from "./memory";
import { questionOf } from "./question-of";
import { toDesired, tokensOf } from "./to-desired";
import { toOutputs } from "./to-outputs";

/** What of a state is an input. */
export const inputNames = [...Object.keys(tables.inputs), "__provider"];

/** Looks at the server and returns what it saw as inputs, so that every difference shows as drift, node by node. */
export async function readConfig(services: Services, olds: Properties): ReturnType<Lifecycle["read"]> {
  const config = parse(tables.state, olds);
  const target = toTarget(services.pool, config);
  const remembered = memoryOf(config);
  const observed = await observeServer(target, questionOf(config, rememberedDirectories(remembered), config));
  const claim = config.ownerToken === undefined ? "create" : "update";
  const desired = { ...toDesired(config, tokensOf(config), claim), fileOwner: observed.fileOwner };
  const seen = recall(observed.seen, remembered, desired.owner);
  if (isGone(desired, observed.seen, remembered)) return null;
  const due = config.activationDue;
  const { rememberedKeys: _before, ...rest } = olds;
  const outs: Properties = withSecretMemory({
    ...rest,
    ...toOutputs(desired, seen, null),
    activationDue: due ?? null,
    ...observedInputs(config, desired, seen),
  });
  return { outs, inputs: Object.fromEntries(inputNames.filter((name) => name in outs).map((name) => [name, outs[name]])) };
}

// Never gone while its record, a file, an enforced key or one that is to be given back exists.
function isGone(desired: DesiredServer, seen: SeenServer, remembered: Remembered | null): boolean {
  if (seen.record !== null || desired.connectors.length + desired.drivers.length === 0) return false;
  const files = Object.values(seenLive(desired, seen)).flatMap((node) => Object.values(node));
  const isLeft = keyNames.some((key) => {
    const wish = desired.keys[key];
    const now = effectiveKey(key, seen.keys[key], null);
    const given = remembered?.keys[key];
    const isEnforced = typeof wish === "object" && sameValue(key, wish.value, now);
    return isEnforced || (given !== undefined && sameValue(key, given.applied, now) && !sameValue(key, given.earlier, now));
  });
  const isTrusted = desired.trust.some((one) =>
    seen.nodes.some(({ trust }) =>
      trust?.stores.some(({ entries }) => entries?.some(({ alias, sha256 }) => alias === one.alias && sha256 === one.sha256)),
    ),
  );
  const isOtherLeft = Object.entries(remembered?.otherKeys ?? {}).some(([key, { applied, earlier }]) => {
    const now = effectiveKey(key, keySeen(seen, key), null);
    return sameValue(key, applied, now) && !sameValue(key, earlier, now);
  });
  return files.every((file) => file === "absent") && !isLeft && !isTrusted && !isOtherLeft;
}

function observedInputs(config: ConfigState, desired: DesiredServer, seen: SeenServer): Properties {
  const observed: Record<string, unknown> = {
    live: seenLive(desired, seen),
    loaded: ownedElsewhere(desired, seen) ?? seenLoaded(desired, seen),
    topology: observedTopology(config, seen),
  };
  const trusted = seenTrusted(desired, seen);
  if (config.trust !== undefined || Object.keys(trusted).length > 0) observed["trusted"] = trusted;
  const { connectPluginsPath: path, disableVerifyConnectorPluginSignature: disable } = config;
  if (path !== undefined) observed["connectPluginsPath"] = seenKey(connectPluginsPathKey, path, seen) ?? "(not set)";
  if (disable !== undefined) {
    observed["disableVerifyConnectorPluginSignature"] = seenKey(disableVerifyKey, String(disable), seen)?.toLowerCase() === "true";
  }
  const keys = seenKeys(config, seen);
  if (keys !== undefined) observed["keys"] = keys;
  return observed;
}

// What another resource's server runs is no drift of this one: `up` would be refused.
function ownedElsewhere({ owner }: DesiredServer, { record }: SeenServer): string | null {
  const standing = ownership(owner, record);
  const elsewhere = standing.kind === "copy" || standing.kind === "another stack";
  return elsewhere ? `${belongsElsewhere} the stack ${standing.owner.stack}` : null;
}

// The order in which tsm lists the nodes means nothing.
function observedTopology(config: ConfigState, seen: SeenServer): readonly string[] {
  const names = config.server.nodes.map(({ name }) => name);
  if (config.server.allowPartialCluster === true) return names;
  return [...names.filter((name) => seen.topology.includes(name)), ...seen.topology.filter((name) => !names.includes(name))];
}

function seenKey(key: typeof connectPluginsPathKey | typeof disableVerifyKey, wanted: string, seen: SeenServer): string | null {
  const value = effectiveKey(key, seen.keys[key], seen.record);
  return sameValue(key, value, wanted) ? wanted : value;
}
