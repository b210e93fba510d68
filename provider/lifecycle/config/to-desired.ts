import { createHash } from "node:crypto";
import { connectPluginsPathKey, disableVerifyKey } from "../../keys";
import { isWindowsPath, normalPath } from "../../node-path";
import type { Claimant, DesiredServer, KeyWish, PlanOptions } from "../../plan/desired";
import { driversDirectoryOf, placeOf } from "../inputs/server-places";
import { stackOf } from "../stack-of";
import type { ConfigInputs, ConfigProperties } from "./config-inputs";

/** What of a claimant is not in its inputs. */
export type ClaimantTokens = Omit<Claimant, "stack" | "urn">;

/** The claimant of a look, or of a removal, which renews nothing. */
export function tokensOf({ ownerToken = "" }: Pick<ConfigProperties, "ownerToken">): ClaimantTokens {
  return { token: ownerToken, renewed: ownerToken, rivals: [] };
}

/** What a config's inputs want of the server. */
export function toDesired(inputs: ConfigInputs, tokens: ClaimantTokens, claim: PlanOptions["claim"]): Omit<DesiredServer, "fileOwner"> {
  const removal = claim === "delete";
  return {
    name: inputs.server.name,
    nodes: inputs.server.nodes.map(({ name }) => name),
    ...placeOf(inputs.server),
    connectors: removal ? [] : inputs.connectors,
    drivers: removal ? [] : (inputs.drivers ?? []),
    driversDirectory: driversDirectoryOf(inputs.server),
    keys: removal ? { [connectPluginsPathKey]: "restore", [disableVerifyKey]: "restore" } : keysOf(inputs),
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

function keysOf(inputs: ConfigInputs): DesiredServer["keys"] {
  const path: KeyWish = typeof inputs.connectPluginsPath === "string" ? { value: asKeyValue(inputs.connectPluginsPath) } : "automatic";
  const disable = inputs.disableVerifyConnectorPluginSignature;
  return { [connectPluginsPathKey]: path, [disableVerifyKey]: typeof disable === "boolean" ? { value: String(disable) } : "left" };
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
