import { AsyncLocalStorage } from "node:async_hooks";
import type { Clock } from "../../../../provider/tsm/clock";
import type { Host, NodeAddress } from "../../../../provider/host/host";

/** Whose nodes are spoken to, and who hears of it, while something runs. */
export interface CurrentRun {
  host(address: NodeAddress): Host;
  /** Hears why an answer of this script was not taken. */
  refused(script: string, error: unknown): void;
  /** Its own time, in which nobody waits; absent: that of this machine. */
  readonly clock?: Clock;
}

const storage = new AsyncLocalStorage<CurrentRun>();

/** Does this work with these nodes, whichever pool it makes. */
export function during<T>(run: CurrentRun, work: () => Promise<T>): Promise<T> {
  return storage.run(run, work);
}

export function currentRun(): CurrentRun | undefined {
  return storage.getStore();
}

/** Does this with the real nodes. */
export function outsideOfRuns<T>(work: () => T): T {
  return storage.exit(work);
}
