import type { Socket } from "node:net";
import type { Client } from "ssh2";

/** A connection that is logged in. */
export interface Dialed {
  readonly client: Client;
  /** The TCP socket below it: of the node, or of the jump host. */
  readonly socket: Socket;
  close(): void;
}
