import { connect, type Socket } from "node:net";
import type { Readable } from "node:stream";
import { TableauError } from "../error";
import { DialError } from "./dial-error";
import { gatherWrites } from "./gather-writes";
import type { Endpoint } from "./host";
import type { Dialed } from "./dialed";

/** The bytes below an SSH connection. */
export interface Transport {
  readonly stream: Readable;
  /** The TCP socket at the bottom. */
  readonly socket: Socket;
  close(): void;
}

// RFC 4254, section 5.1: SSH_OPEN_ADMINISTRATIVELY_PROHIBITED.
const prohibited = 1;

/** Opens a TCP connection to the endpoint, or a channel to it through a jump host. */
export async function openTransport(node: string, endpoint: Endpoint, jump: Dialed | undefined): Promise<Transport> {
  if (jump !== undefined) return throughJump(node, endpoint, jump);
  const socket = connect({ host: endpoint.host, port: endpoint.port, noDelay: true });
  gatherWrites(socket);
  // Until somebody listens: it stays in `errored`.
  socket.on("error", () => undefined);
  return { stream: socket, socket, close: () => socket.destroy() };
}

function throughJump(node: string, endpoint: Endpoint, jump: Dialed): Promise<Transport> {
  return new Promise((resolve, reject) => {
    jump.client.forwardOut("127.0.0.1", 0, endpoint.host, endpoint.port, (error, channel) => {
      if (error === undefined) return resolve({ stream: channel, socket: jump.socket, close: () => channel.close() });
      const refused = (error as Error & { reason?: unknown }).reason === prohibited;
      reject(refused ? forwardingRefused(node, endpoint, error) : new DialError(`the jump host cannot connect to it (${error.message})`));
    });
  });
}

function forwardingRefused(node: string, endpoint: Endpoint, cause: Error): TableauError {
  return new TableauError("host-unreachable", {
    node,
    message: `The jump host does not let its user connect to ${endpoint.host}:${endpoint.port}.`,
    next: 'Set "AllowTcpForwarding yes" for that user in the jump host\'s sshd_config, and check PermitOpen.',
    cause,
  });
}
