import type { JobState, LoadedConnector, RejectedConnector, ServerStatus } from "../cluster-state";

/** What a server remembers between two starts of the cluster. */
export interface ServerRecord {
  status: ServerStatus;
  applied: Record<string, string>;
  pending: Record<string, string | null>;
  pendingTopology: string[];
  restarts: number;
  applies: number;
  starts: number;
  stops: number;
  jobs: JobState[];
  loaded: LoadedConnector[];
  rejected: RejectedConnector[];
  /** A process that did not come up. */
  broken: { node: string; process: string } | undefined;
}

export function newServerRecord(status: ServerStatus, runAs: string): ServerRecord {
  return {
    status,
    applied: { "service.runas.username": runAs, "gateway.timeout": "7200" },
    pending: {},
    pendingTopology: [],
    restarts: 0,
    applies: 0,
    starts: 0,
    stops: 0,
    jobs: [],
    loaded: [],
    rejected: [],
    broken: undefined,
  };
}
