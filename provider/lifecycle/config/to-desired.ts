import { createHash } from "node:crypto";
import { connectPluginsPathKey, disableVerifyKey } from "../../vocabulary/keys";
import { isWindowsPath, normalPath } from "../../vocabulary/node-path";
import type { Claimant, DesiredServer, DesiredKey, PlanOptions } from "../../plan/desired";
import { activationArguments, type ConfigInputs, type ConfigState } from "../../schema/config";
import { defaultsOf } from "../../schema/field";
import { driversDirectoryOf, placeOf } from "../server/server-places";
import { stackOf } from "../stack-of";

/** What of a claimant is not in its inputs. */
export type ClaimantTokens = Omit<Claimant, "stack" | "urn">;

/** The claimant of a look, or of a removal, which renews nothing. */
export function tokensOf({ ownerToken = "", remembered }: Pick<ConfigState, "ownerToken" | "remembered">): ClaimantTokens {
  return { token: ownerToken, renewed: ownerToken, earlierTokens: remembered?.earlierTokens ?? [], rivals: [] };
}

/** The state before what is wanted; null: there was none. `look`: nothing is to be done, so no key is to be given back. */
type Before = ConfigState | null | "look";

const defaults = defaultsOf(activationArguments);

/** What a config's inputs want of the server. */
export function toDesired(
  inputs: ConfigInputs,
  tokens: ClaimantTokens,
  claim: PlanOptions["claim"],
  before: Before = "look",
): Omit<DesiredServer, "fileOwner"> {
  const removal = claim === "delete";
  const { foreignPendingChanges, unlistedConnectors, overwriteUnmanaged, takeOver, rollback } = { ...defaults, ...inputs };
  return {
    name: inputs.server.name,
    nodes: inputs.server.nodes.map(({ name }) => name),
    ...placeOf(inputs.server),
    connectors: removal ? [] : inputs.connectors,
    drivers: removal ? [] : (inputs.drivers ?? []),
    driversDirectory: driversDirectoryOf(inputs.server),
    trust: removal ? [] : (inputs.trust ?? []).map(({ alias, sha256 }) => ({ alias, sha256 })),
    ...earlierDirectories(before),
    keys: removal ? { [connectPluginsPathKey]: "restore", [disableVerifyKey]: "restore" } : wishes(inputs, before),
    ...(removal || inputs.keys === undefined ? {} : { otherKeys: inputs.keys }),
    triggers: removal ? null : digestOfTriggers(inputs.restartTriggers),
    owner: { stack: stackOf(inputs.__urn), urn: inputs.__urn, ...tokens },
    options: {
      allowPartialCluster: inputs.server.allowPartialCluster ?? false,
      foreignPendingChanges,
      unlistedConnectors: removal ? "keep" : unlistedConnectors,
      overwriteUnmanaged,
      acceptBreaking: inputs.acceptBreaking ?? [],
      takeOver,
      rollback,
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
function wishes(inputs: ConfigInputs, before: Before): DesiredServer["keys"] {
  const { connectPluginsPath: path, disableVerifyConnectorPluginSignature: disable } = inputs;
  return {
    [connectPluginsPathKey]: typeof path === "string" ? { value: asKeyValue(path) } : automaticPath(inputs, before),
    [disableVerifyKey]: typeof disable === "boolean" ? { value: String(disable) } : givenBack(before),
  };
}

// A state of 0.1.0 does not tell whether a key that the program has not named for long is ours, so no preview could say what it costs.
function givenBack(before: Before): DesiredKey {
  if (before === "look") return "left";
  if (before === null || (before.remembered ?? null) !== null) return "restore";
  return before.disableVerifyConnectorPluginSignature === undefined ? "left" : "restore";
}

function automaticPath({ server }: ConfigInputs, before: Before): DesiredKey {
  if (before === "look") return "automatic";
  if (before === null) return "automatic or restore elsewhere";
  // What asked for the key has left the program.
  if (before.connectPluginsPath !== undefined || (before.server.placement === "path" && server.placement !== "path")) {
    return "automatic or restore";
  }
  const hasMoved = placeOf(before.server).directory !== placeOf(server).directory;
  return hasMoved || (before.remembered ?? null) !== null ? "automatic or restore elsewhere" : "automatic";
}

function earlierDirectories(before: Before): Pick<DesiredServer, "earlierDirectories"> {
  return before === "look" || before === null ? {} : { earlierDirectories: [placeOf(before.server).directory] };
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
