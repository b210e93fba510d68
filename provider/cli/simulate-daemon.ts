import { spawn } from "node:child_process";
import { mkdirSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isClusterRunning, startCluster, type ClusterOptions, type VerifyPackage } from "../../simulator";
import { TableauError } from "../vocabulary/error";
import { verifyTaco } from "../signature";

/** Judges a package as a simulated server does when a user signs in: by the node's own trust store and the server's release. */
export const verifyOnSimulatedNode: VerifyPackage = async (bytes, { trustStore, release }) => {
  const { accepted, findings } = await verifyTaco(bytes, { trust: { cacerts: [trustStore] }, tableauVersion: release });
  if (accepted) return undefined;
  const refusals = findings.filter(({ severity }) => severity === "refuse").map(({ message }) => message);
  return refusals.join(" ") || "its signature does not verify";
};

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
