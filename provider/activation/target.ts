import type { ReadStore } from "../actions/observe-trust";
import type { Host } from "../host/host";
import type { LivePlace } from "../plan/placement/placement";
import type { Tsm } from "../tsm/tsm";
import type { Secret } from "../vocabulary/secret";

/** One server, ready to be worked on: its nodes reached, its tsm found when first called. */
export interface Target {
  /** What people call the server. */
  readonly name: string;
  /** The initial node is the first. */
  readonly hosts: readonly [Host, ...Host[]];
  readonly tsm: Tsm;
  /** The tsm that the program names; null: it is looked for. */
  readonly tsmPath: string | null;
  readonly place: LivePlace;
  readonly driversDirectory: string;
  readonly stateDirectory: string;
  readonly trustStores: TrustStores;
  readonly timeouts: Timeouts;
}

/** How the trust stores of the server's JREs are read and written. */
export interface TrustStores {
  /** null: Java's usual one. */
  readonly password: Secret | null;
  readonly read: ReadStore;
}

/** All in seconds. */
export interface Timeouts {
  /** One script on a node, uploads included. */
  readonly command: number;
  /** One restart or apply of the server. */
  readonly restart: number;
  /** After that, until no process is worse than before. */
  readonly ready: number;
}

/** How long a server is looked at where no job was run, in seconds: nothing has to become ready, only what could not be read is read again. */
export function secondsWithoutJob({ timeouts }: Pick<Target, "timeouts">): number {
  return Math.min(timeouts.ready, timeouts.command);
}
