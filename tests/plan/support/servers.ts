import { createHash } from "node:crypto";
import { connectPluginsPathKey, disableVerifyKey } from "../../../provider/vocabulary/keys";
import type { DesiredConnector, DesiredServer, PlanOptions } from "../../../provider/plan/desired";
import type { ServerRecord } from "../../../provider/plan/record/record";
import { linuxLayout } from "../../../provider/plan/placement/layout";
import type { SeenNode, SeenPackage, SeenServer, StoredPackage } from "../../../provider/plan/seen";

export const owner = { stack: "shop/dev", urn: "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/tableau:Config::prod", token: "token-1" };

/** The same as a resource with this state, whose token stays what it is. */
export const claimant = { ...owner, renewed: owner.token, earlierTokens: [], rivals: [] };

/** When the processes of a built node started, and when its files changed, in seconds. */
export const started = 5000;
export const changed = 1000;

export function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

export function connector(pluginClass: string, pluginVersion = "1.0.0"): DesiredConnector {
  return { fileName: `${pluginClass}.taco`, sha256: digest(`${pluginClass} ${pluginVersion}`), pluginClass, pluginVersion };
}

export const options: PlanOptions = {
  allowPartialCluster: false,
  foreignPendingChanges: "refuse",
  unlistedConnectors: "keep",
  overwriteUnmanaged: false,
  acceptBreaking: [],
  takeOver: false,
  rollback: true,
  claim: "update",
};

export function desiredServer(
  parts: Partial<Omit<DesiredServer, "options">> & { readonly options?: Partial<PlanOptions> } = {},
): DesiredServer {
  return {
    name: "prod",
    nodes: ["node1", "node2"],
    placement: "automatic",
    directory: linuxLayout.connectors,
    drivers: [],
    trust: [],
    driversDirectory: linuxLayout.drivers,
    fileOwner: "root",
    connectors: [connector("a_jdbc")],
    keys: { [connectPluginsPathKey]: "automatic", [disableVerifyKey]: "left" },
    triggers: null,
    owner: claimant,
    ...parts,
    options: { ...options, ...parts.options },
  };
}

export function stored(one: DesiredConnector, parts: Partial<StoredPackage> = {}): StoredPackage {
  const { sha256, pluginClass, pluginVersion, fileName } = one;
  return { sha256, intact: true, size: 1, storedAt: changed, pluginClass, pluginVersion, fileName, ...parts };
}

export function packageOf(one: DesiredConnector, parts: Partial<SeenPackage> = {}): SeenPackage {
  const { fileName, sha256 } = one;
  const base = {
    directory: linuxLayout.connectors,
    form: "file",
    mode: "0644",
    owner: "root",
    group: "root",
    changedAt: changed,
    readable: true,
  } as const;
  return { ...base, fileName, sha256, ...parts };
}

/** A package that the program does not list. */
export function stranger(fileName: string, identity: SeenPackage["identity"], parts: Partial<SeenPackage> = {}): SeenPackage {
  return packageOf(
    { ...connector("stranger"), fileName },
    { sha256: digest(fileName), ...(identity === undefined ? {} : { identity }), ...parts },
  );
}

export function node(name: string, parts: Partial<SeenNode> = {}): SeenNode {
  return {
    name,
    directories: [{ path: linuxLayout.connectors, exists: true, parentExists: true, traversable: true }],
    packages: [packageOf(connector("a_jdbc"))],
    stored: [stored(connector("a_jdbc"))],
    loadedSince: started,
    oldestProcess: "boot 5000",
    leftovers: [],
    ...parts,
  };
}

/** A server that is what {@link desiredServer} wants, unless `parts` say otherwise. */
export function seenServer(parts: Partial<SeenServer> = {}): SeenServer {
  return {
    version: "2024.2",
    status: "RUNNING",
    topology: ["node1", "node2"],
    keys: { [connectPluginsPathKey]: { kind: "unknown" }, [disableVerifyKey]: { kind: "unknown" } },
    pending: { ours: [], othersChanges: [], topology: false },
    runningJobs: [],
    nodes: [node("node1"), node("node2")],
    record: recordOf([connector("a_jdbc")]),
    restartRequired: null,
    ...parts,
  };
}

/** A record of an activation that confirmed `connectors` on two nodes. */
export function recordOf(connectors: readonly DesiredConnector[], parts: Partial<ServerRecord> = {}): ServerRecord {
  const files = connectors.map(({ fileName, sha256, pluginClass, pluginVersion }) => [
    fileName,
    { directory: linuxLayout.connectors, sha256, pluginClass, pluginVersion, adopted: false },
  ]);
  const confirmed = Object.fromEntries(
    connectors.map(({ fileName, sha256 }) => [fileName, { sha256, changedAt: changed, process: "boot 5000" }]),
  );
  return {
    schemaVersion: 1,
    owner,
    files: Object.fromEntries(files) as ServerRecord["files"],
    confirmed: { node1: confirmed, node2: confirmed },
    keys: {},
    answersForcedKeys: null,
    triggers: null,
    lastActivation: null,
    rolledBack: null,
    ...parts,
  };
}
