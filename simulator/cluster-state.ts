export type ServerStatus = "RUNNING" | "DEGRADED" | "ERROR" | "STOPPED";

export interface JobState {
  readonly id: number;
  readonly type: "DeploymentsJob" | "StartServerJob" | "StopServerJob" | "RestartServerJob" | "GenerateBackupJob";
  readonly status: "Created" | "Queued" | "Running" | "Succeeded" | "Failed" | "Cancelled";
}

/** One call of tsm. */
export interface TsmCall {
  readonly node: string;
  readonly user: string;
  /** The process within the node; 0 for a call by `cluster.tsm`. */
  readonly pid: number;
  readonly argv: readonly string[];
  /** Whether standard input carried a line; never what it was. */
  readonly stdin: "carried" | "not-read" | "empty";
  /** Exit status; absent while the call runs. */
  readonly status?: number;
}

export interface FileState {
  readonly path: string;
  readonly sha256: string;
  /** Four octal digits. */
  readonly mode: string;
  readonly owner: string;
  readonly size: number;
}

export interface LoadedConnector {
  readonly node: string;
  readonly class: string;
  readonly pluginVersion: string;
  readonly file: string;
  readonly sha256: string;
  /** The server processes that loaded it. */
  readonly processes: readonly string[];
  /** Whether a user can sign in with it. */
  readonly usable: boolean;
  /** Why not. */
  readonly reason?: string;
}

/** A package that the server found at its last start and did not load. */
export interface RejectedConnector {
  readonly node: string;
  readonly file: string;
  readonly process: string;
  readonly reason: string;
}

export interface NodeState {
  readonly name: string;
  readonly reachable: boolean;
  /** Commands that were run over the node's connections. */
  readonly executions: number;
  /** Connections that were opened. */
  readonly connections: number;
  /** Files in connector folders, store and state directory. */
  readonly files: readonly FileState[];
  readonly loaded: readonly LoadedConnector[];
  readonly rejected: readonly RejectedConnector[];
}

export interface ClusterState {
  readonly version: string;
  readonly build: string;
  readonly status: ServerStatus;
  readonly applied: Readonly<Record<string, string>>;
  /** null: a reset to the default. */
  readonly pending: Readonly<Record<string, string | null>>;
  readonly pendingTopology: readonly string[];
  /** How often users were thrown out, or would have been: restarts, and applies that restart. */
  readonly restarts: number;
  /** Apply jobs that ran. */
  readonly applies: number;
  /** Starts by `tsm start`, and stops by `tsm stop`. */
  readonly starts: number;
  readonly stops: number;
  readonly jobs: readonly JobState[];
  readonly calls: readonly TsmCall[];
  readonly nodes: readonly NodeState[];
  readonly switches: Readonly<Record<string, string>>;
  readonly faults: Readonly<Record<string, string>>;
}
