/** What a pool has done so far, for tests and benchmarks. Bytes are those of scripts' standard input and output. */
export interface HostCounts {
  connections: number;
  /** Commands started over SSH. A session may run many scripts. */
  sessions: number;
  scripts: number;
  bytesSent: number;
  bytesReceived: number;
}

export function noCounts(): HostCounts {
  return { connections: 0, sessions: 0, scripts: 0, bytesSent: 0, bytesReceived: 0 };
}
