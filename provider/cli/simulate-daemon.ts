import { spawn } from "node:child_process";
import { mkdirSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isClusterRunning, startCluster, type ClusterOptions } from "../../simulator";
import { TableauError } from "../vocabulary/error";
import { verifyOnSimulatedNode } from "./simulate-verify";

/** Starts a process of its own that runs the cluster, and waits until it does. */
export async function startDaemon(directory: string, args: readonly string[]): Promise<void> {
  if (isClusterRunning(directory)) throw failed(`A cluster runs in ${directory} already.`, "Stop it first, or take another folder.");
  mkdirSync(directory, { recursive: true });
  const log = openSync(join(directory, "daemon.log"), "w");
  const program = [require.resolve("./main"), "simulate", "daemon", ...args];
  const child = spawn(process.execPath, program, { detached: true, stdio: ["ignore", log, log] });
  child.unref();
  while (!isClusterRunning(directory)) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw failed(`The cluster did not start: ${readFileSync(join(directory, "daemon.log"), "utf8").trim()}`, "See the message before.");
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Runs a cluster in this process until it is stopped. */
export async function runDaemon(options: ClusterOptions): Promise<void> {
  const cluster = await startCluster({ ...options, verifyPackage: verifyOnSimulatedNode });
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.once(signal, () => void cluster.stop());
  await cluster.stopped;
}

function failed(message: string, next: string): TableauError {
  return new TableauError("simulator-failed", { message, next });
}
