import { createHash } from "node:crypto";
import { connectPluginsPathKey, disableVerifyKey } from "../../vocabulary/keys";
import { isWindowsPath, normalPath } from "../../vocabulary/node-path";
import type { Claimant, DesiredServer, KeyWish, PlanOptions } from "../../plan/desired";
import { driversDirectoryOf, placeOf } from "../inputs/server-places";
import type { Properties } from "../lifecycle";
import { rememberedBy } from "./remembered-by";
import { stackOf } from "../stack-of";
import type { ConfigInputs, ConfigProperties } from "./config-inputs";

/** What of a claimant is not in its inputs. */
export type ClaimantTokens = Omit<Claimant, "stack" | "urn">;

/** The claimant of a look, or of a removal, which renews nothing. */
export function tokensOf({ ownerToken = "", remembered }: Pick<ConfigProperties, "ownerToken" | "remembered">): ClaimantTokens {
  return { token: ownerToken, renewed: ownerToken, earlierTokens: remembered?.earlierTokens ?? [], rivals: [] };
}

/**
 * What a config's inputs want of the server.
 *
 * @param before the state before them; `look`: there is nothing to be done, so no key is to be given back.
 */
export function toDesired(
  inputs: ConfigInputs,
  tokens: ClaimantTokens,
  claim: PlanOptions["claim"],
  before: Properties | "look" = "look",
): Omit<DesiredServer, "fileOwner"> {
  const removal = claim === "delete";
  return {
    name: inputs.server.name,
    nodes: inputs.server.nodes.map(({ name }) => name),
    ...placeOf(inputs.server),
    connectors: removal ? [] : inputs.connectors,
    drivers: removal ? [] : (inputs.drivers ?? []),
    driversDirectory: driversDirectoryOf(inputs.server),
    ...earlierDirectories(before),
    keys: removal ? { [connectPluginsPathKey]: "restore", [disableVerifyKey]: "restore" } : wishes(inputs, before),
    triggers: removal ? null : digestOfTriggers(inputs.restartTriggers),
    owner: { stack: stackOf(inputs.__urn), urn: inputs.__urn, ...tokens },
    options: {
      allowPartialCluster: inputs.server.allowPartialCluster ?? false,
      foreignPendingChanges: inputs.foreignPendingChanges ?? "refuse",
      unlistedConnectors: removal ? "keep" : (inputs.unlistedConnectors ?? "keep"),
      overwriteUnmanaged: inputs.overwriteUnmanaged ?? false,
      acceptBreaking: inputs.acceptBreaking ?? [],
      takeOver: inputs.takeOver ?? false,
      rollback: inputs.rollback ?? true,
      claim,
    },
  };
}

/** Equal triggers have equal digests, whatever the order of their properties; null: there are none. */
export function digestOfTriggers(triggers: unknown): string | null {
  if (triggers === undefined || triggers === null) return null;
  if (Array.isArray(triggers) && triggers.length === 0) return null;
  return createHash("sha256")
    .update(JSON.stringify(sorted(triggers)))
    .digest("hex");
}

/** What a program wants of the keys. A key that it does not name any more is given back, to the value before us. */
function wishes(inputs: ConfigInputs, before: Properties | "look"): DesiredServer["keys"] {
  const { connectPluginsPath: path, disableVerifyConnectorPluginSignature: disable } = inputs;
  return {
    [connectPluginsPathKey]: typeof path === "string" ? { value: asKeyValue(path) } : automaticPath(inputs, before),
    [disableVerifyKey]: typeof disable === "boolean" ? { value: String(disable) } : givenBack(before),
  };
}

// A state of 0.1.0 does not tell whether a key that the program has not named for long is ours, so no preview could say what it costs.
function givenBack(before: Properties | "look"): KeyWish {
  if (before === "look") return "left";
  const isKnown = isFirst(before) || rememberedBy(before) !== null;
  return isKnown || before["disableVerifyConnectorPluginSignature"] !== undefined ? "restore" : "left";
}

function automaticPath({ server }: ConfigInputs, before: Properties | "look"): KeyWish {
  if (before === "look") return "automatic";
  if (isFirst(before)) return "automatic or restore elsewhere";
  const there = before as Partial<ConfigProperties>;
  // What asked for the key has left the program.
  if (there.connectPluginsPath !== undefined || (there.server?.placement === "path" && server.placement !== "path")) {
    return "automatic or restore";
  }
  const hasMoved = there.server !== undefined && placeOf(there.server).directory !== placeOf(server).directory;
  return hasMoved || rememberedBy(before) !== null ? "automatic or restore elsewhere" : "automatic";
}

function earlierDirectories(before: Properties | "look"): Pick<DesiredServer, "earlierDirectories"> {
  const { server } = before === "look" ? {} : (before as Partial<ConfigProperties>);
  return server === undefined ? {} : { earlierDirectories: [placeOf(server).directory] };
}

function isFirst(before: Properties): boolean {
  return Object.keys(before).length === 0;
}

// The key wants forward slashes on Windows; on Linux the value is the program's own.
function asKeyValue(path: string): string {
  return isWindowsPath(path) ? normalPath(path) : path;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
