import type { Host } from "../../host/host";

/** Starts to connect to nodes, so that this goes on while what they are to get is read. A failure is told by what is asked of a node next. */
export function connectAhead(hosts: readonly Host[]): void {
  for (const host of hosts) void host.ready?.().catch(() => undefined);
}
