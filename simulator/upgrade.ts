import { existsSync } from "node:fs";
import type { ClusterParts } from "./cluster-parts";
import { simulatorError } from "./fail";
import type { AnyNode } from "./nodes/any-node";
import { buildOf, isAtLeast, type Release } from "./release";

type Parts = Pick<ClusterParts, "saved" | "nodes" | "server" | "jobs" | "options">;

export interface LaidRelease extends Release {
  /** The trust store of its JRE on the initial node, as a path on this machine. */
  readonly trustStore: string;
}

/**
 * Lays the programs of a later release beside those in use, on every node, as its installer does. Where it lies already,
 * nothing is changed.
 *
 * @param cacerts is the trust store of its JRE. Default: as for the first release.
 */
export async function layRelease(version: string, parts: Parts, cacerts?: Buffer): Promise<LaidRelease> {
  const release = laterRelease(version, parts);
  for (const node of parts.nodes) {
    if (!existsSync(trustStoreOn(node, release))) await node.layRelease(release, cacerts ?? parts.options.cacerts);
  }
  const [initial] = parts.nodes;
  return { ...release, trustStore: initial === undefined ? "" : trustStoreOn(initial, release) };
}

/** The server goes over to a later release, which is laid where it is not yet. Waits for the jobs of tsm before. */
export async function upgrade(version: string, parts: Parts): Promise<LaidRelease> {
  const { saved, nodes, server, jobs } = parts;
  const laid = await layRelease(version, parts);
  await jobs.idle();
  await server.changeRelease(async () => {
    saved.version = laid.version;
    saved.build = laid.build;
    for (const node of nodes) await node.takeRelease();
  });
  server.save();
  return laid;
}

function laterRelease(version: string, { saved }: Parts): Release {
  if (!/^20\d\d\.[1-4]$/.test(version)) throw simulatorError(`"${version}" is no release.`, "Give one such as 2024.2.");
  if (!isAtLeast(version, saved.version) || version === saved.version) {
    throw simulatorError(`The server has ${saved.version}, which ${version} is not later than.`, "Give a later release.");
  }
  return { version, build: buildOf(version) };
}

function trustStoreOn(node: AnyNode, { build }: Release): string {
  return node.realPath(node.placesOf(build).trustStore);
}
