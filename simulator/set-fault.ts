import { setTimeout as sleep } from "node:timers/promises";
import type { ClusterParts } from "./cluster-parts";
import { simulatorError } from "./fail";
import type { FaultName } from "./faults";
import { nodeFaults } from "./nodes/node-faults";
import type { SimulatedNode } from "./nodes/node";

type Parts = Pick<ClusterParts, "nodes" | "faults" | "jobs" | "abort">;

/** Puts a fault into effect, in place of an earlier setting of it. */
export async function setFault(name: FaultName, setting: string, parts: Parts): Promise<void> {
  await clearFault(name, parts);
  const fault = nodeFaults[name];
  for (const [node, rest] of concerned(name, setting, parts.nodes)) await fault?.apply(node, rest);
  parts.faults.set(name, setting);
  if (name !== "job-busy") return;
  const milliseconds = Number(setting === "" ? 1500 : setting);
  parts.jobs.submit("GenerateBackupJob", () => sleep(milliseconds, undefined, { signal: parts.abort.signal }));
}

export async function clearFault(name: FaultName, { nodes, faults }: Parts): Promise<void> {
  const setting = faults.get(name);
  if (setting === undefined) return;
  faults.delete(name);
  for (const [node, rest] of concerned(name, setting, nodes)) await nodeFaults[name]?.clear(node, rest);
}

// The nodes that a setting names, each with the rest of the setting.
function concerned(name: FaultName, setting: string, nodes: readonly SimulatedNode[]): (readonly [SimulatedNode, string])[] {
  const scope = nodeFaults[name]?.scope;
  if (scope === undefined) return [];
  if (scope === "all") return nodes.map((node) => [node, setting]);
  if (scope === "initial") return nodes.slice(0, 1).map((node) => [node, setting]);
  const colon = setting.indexOf(":");
  const wanted = colon < 0 ? setting : setting.slice(0, colon);
  const node = nodes.find((one) => one.name === wanted);
  if (node !== undefined) return [[node, colon < 0 ? "" : setting.slice(colon + 1)]];
  throw simulatorError(
    `The fault "${name}" does not name a node: "${setting}".`,
    `Begin with one of ${nodes.map((one) => one.name).join(", ")}.`,
  );
}
