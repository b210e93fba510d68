import { randomBytes } from "node:crypto";
import type { FaultBench } from "./fault-bench";
import { extent } from "./extent";
import { uninterrupted, type Whole } from "./interrupt";
import { MemoryBench, MemoryPackages } from "./memory/memory-bench";
import type { FaultOperation } from "./operations";

/**
 * The points of an operation on a simulated cluster, and its restarts: from a cluster in memory, which passes the same
 * (memory-cluster.test.ts holds that), where only some of them are tried. How often a script of one name runs is a matter of time:
 * its later runs are left out then.
 */
export async function foreseen(bench: FaultBench, operation: FaultOperation): Promise<Whole> {
  if (extent === "whole") return await uninterrupted(bench, operation);
  // As large as those of the simulated cluster: three chunks.
  const packages = new MemoryPackages({ "big.bin": randomBytes(70_000) });
  const memory = await MemoryBench.start(packages);
  const whole = await uninterrupted(memory, operation);
  await memory.stop();
  packages.remove();
  return { ...whole, labels: whole.labels.filter((label) => !/\(\d+\.\)/.test(label)) };
}
