import { setTimeout as sleep } from "node:timers/promises";
import type { ClusterParts } from "./cluster-parts";
import { simulatorError } from "./fail";
import type { FaultName } from "./faults";
import { nodeFaults } from "./nodes/node-faults";
import { SimulatedNode } from "./nodes/node";
import type { AnyNode } from "./nodes/any-node";
import { windowsFaults } from "./windows/node-faults";

type Parts = Pick<ClusterParts, "nodes" | "faults" | "jobs" | "abort">;

/** Puts a fault into effect, in place of an earlier setting of it. */
export async function setFault(name: FaultName, setting: string, parts: Parts): Promise<void> {
  await clearFault(name, parts);
  for (const [node, rest] of concerned(name, setting, parts.nodes)) await apply(name, node, rest);
  parts.faults.set(name, setting);
  if (name !== "job-busy") return;
  const milliseconds = Number(setting === "" ? 1500 : setting);
  parts.jobs.submit("GenerateBackupJob", () => sleep(milliseconds, undefined, { signal: parts.abort.signal }));
}

export async function clearFault(name: FaultName, { nodes, faults }: Parts): Promise<void> {
  const setting = faults.get(name);
  if (setting === undefined) return;
  faults.delete(name);
  for (const [node, rest] of concerned(name, setting, nodes)) {
    if (node instanceof SimulatedNode) await nodeFaults[name]?.clear(node, rest);
    else await windowsFaults[name]?.clear(node, rest);
  }
}

async function apply(name: FaultName, node: AnyNode, setting: string): Promise<void> {
  if (node instanceof SimulatedNode) return nodeFaults[name]?.apply(node, setting);
  const fault = windowsFaults[name];
  if (fault === undefined) throw simulatorError(`Windows nodes do not have the fault "${name}".`, "Take another one.");
  await fault.apply(node, setting);
}

// The nodes that a setting names, each with the rest of the setting.
function concerned(name: FaultName, setting: string, nodes: readonly AnyNode[]): (readonly [AnyNode, string])[] {
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
