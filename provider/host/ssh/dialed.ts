import type { Socket } from "node:net";
import type { Client } from "ssh2";

/** A connection that is logged in. */
export interface Dialed {
  readonly client: Client;
  /** What the SSH server calls itself, such as "OpenSSH_9.2p1". */
  readonly software: string;
  /** The TCP socket below it: of the node, or of the jump host. */
  readonly socket: Socket;
  close(): void;
}
