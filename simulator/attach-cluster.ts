import type { HandCallOptions, TsmResult } from "./call-by-hand";
import type { ClusterState } from "./cluster-state";
import type { NodeDescription, ServerDescription } from "./describe";
import { simulatorError } from "./fail";
import type { FaultName } from "./faults";
import { readCluster, type SavedCluster } from "./saved-cluster";
import type { SwitchName, Switches } from "./switches";
import type { LaidRelease } from "./upgrade";

/** A cluster that another process runs. */
export interface AttachedCluster {
  readonly nodes: readonly NodeDescription[];
  readonly server: ServerDescription;
  /** The initial node's trust store, as a path on this machine. */
  readonly trustStore: string;
  state(): Promise<ClusterState>;
  fault(name: FaultName, setting?: string): Promise<void>;
  clearFaults(): Promise<void>;
  switch<Name extends SwitchName | "seed">(name: Name, value: Switches[Name]): Promise<void>;
  tsm(argv: readonly string[], options?: HandCallOptions): Promise<TsmResult>;
  run(node: string, command: string): Promise<{ status: number; output: string }>;
  nodePath(node: string, path: string): Promise<string>;
  startServer(): Promise<TsmResult>;
  stopServer(): Promise<TsmResult>;
  addNode(): Promise<NodeDescription>;
  layRelease(version: string): Promise<LaidRelease>;
  upgrade(version: string): Promise<LaidRelease>;
  killNode(name: string): Promise<void>;
  reviveNode(name: string): Promise<void>;
  /** Ends the cluster, and the process that runs it where that was started by the command line. */
  stop(): Promise<void>;
}

/**
 * Reaches the running cluster of a folder.
 *
 * @throws TableauError (simulator-failed) if none runs there.
 */
export async function attachCluster(directory: string): Promise<AttachedCluster> {
  const call = caller(directory);
  const { nodes, server, trustStore } = await call<Pick<AttachedCluster, "nodes" | "server" | "trustStore">>("describe");
  return {
    nodes,
    server,
    trustStore,
    state: () => call("state"),
    fault: (name, setting) => call("fault", name, setting ?? ""),
    clearFaults: () => call("clearFaults"),
    switch: (name, value) => call("switch", name, value),
    tsm: (argv, options) => call("tsm", argv, options ?? {}),
    run: (node, command) => call("run", node, command),
    nodePath: (node, path) => call("nodePath", node, path),
    startServer: () => call("startServer"),
    stopServer: () => call("stopServer"),
    addNode: () => call("addNode"),
    layRelease: (version) => call("layRelease", version),
    upgrade: (version) => call("upgrade", version),
    killNode: (name) => call("killNode", name),
    reviveNode: (name) => call("reviveNode", name),
    stop: () => stop(directory, call),
  };
}

type Caller = <Result>(method: string, ...args: readonly unknown[]) => Promise<Result>;

function caller(directory: string): Caller {
  const control = readCluster(directory)?.control;
  if (control === undefined || !isClusterRunning(directory)) {
    throw simulatorError(
      `No simulated cluster runs in ${directory}.`,
      `Start one with "pulumi-tableau simulate start --dir ${directory}".`,
    );
  }
  return (method, ...args) => request(control, method, args);
}

async function request<Result>(control: NonNullable<SavedCluster["control"]>, method: string, args: readonly unknown[]): Promise<Result> {
  const response = await fetch(`http://127.0.0.1:${control.port}/`, {
    method: "POST",
    headers: { authorization: `Bearer ${control.token}` },
    body: JSON.stringify({ method, args }),
  });
  const answer = (await response.json()) as { result?: Result; error?: string };
  if (response.ok && answer.result !== undefined) return answer.result;
  throw simulatorError(
    `The simulated cluster refused "${method}": ${answer.error ?? response.statusText}`,
    "See `pulumi-tableau simulate --help`.",
  );
}

// The answer comes before the end: the control itself ends last. A process that runs a cluster for others ends with it.
async function stop(directory: string, call: Caller): Promise<void> {
  await call("stop");
  for (let attempt = 0; attempt < 500; attempt++) {
    if (readCluster(directory)?.control === undefined) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw simulatorError(`The cluster in ${directory} does not end.`, "Look at daemon.log in that folder.");
}

/** Whether some process runs the cluster of a folder. */
export function isClusterRunning(directory: string): boolean {
  const control = readCluster(directory)?.control;
  return control !== undefined && isAlive(control.pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
