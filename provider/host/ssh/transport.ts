import { connect, isIP, type Socket } from "node:net";
import type { Readable, Duplex } from "node:stream";
import type { ClientChannel } from "ssh2";
import { TableauError } from "../../vocabulary/error";
import { DialError } from "./dial-error";
import type { Dialed } from "./dialed";
import type { Endpoint } from "../host";
import { channelRefusal } from "./ssh2-internals";

/** The bytes below an SSH connection. */
export interface Transport {
  readonly stream: Readable;
  /** The TCP socket at the bottom. */
  readonly socket: Socket;
  close(): void;
}

/** What an attempt to connect waits for, in this order, until it is told something else. */
export type TransportStage = "name" | "connection" | "forward" | "greeting";

export interface TransportEvents {
  readonly at: (stage: TransportStage) => void;
  /** An error of the TCP connection. */
  readonly failed: (error: Error) => void;
}

// RFC 4254, section 5.1: SSH_OPEN_ADMINISTRATIVELY_PROHIBITED.
const prohibited = 1;

/** Opens a TCP connection to the endpoint, which may still be connecting, or a channel to it through a jump host. */
export async function openTransport(
  node: string,
  endpoint: Endpoint,
  jump: Dialed | undefined,
  events: TransportEvents,
): Promise<Transport> {
  if (jump !== undefined) {
    events.at("forward");
    return await throughJump(node, endpoint, jump).finally(() => events.at("greeting"));
  }
  events.at(isIP(endpoint.host) === 0 ? "name" : "connection");
  const socket = connect({ host: endpoint.host, port: endpoint.port, noDelay: true });
  gatherWrites(socket);
  socket.once("lookup", () => events.at("connection"));
  socket.once("connect", () => events.at("greeting"));
  socket.on("error", events.failed);
  return { stream: socket, socket, close: () => socket.destroy() };
}

function throughJump(node: string, endpoint: Endpoint, jump: Dialed): Promise<Transport> {
  return new Promise((resolve, reject) => {
    const done = (error: Error | undefined, channel: ClientChannel): void => {
      if (error === undefined) return resolve({ stream: channel, socket: jump.socket, close: () => channel.close() });
      reject(channelRefusal(error) === prohibited ? forwardingRefused(node, endpoint, error) : notForwarded(error));
    };
    try {
      jump.client.forwardOut("127.0.0.1", 0, endpoint.host, endpoint.port, done);
    } catch (error) {
      reject(notForwarded(error as Error));
    }
  });
}

function notForwarded(cause: Error): DialError {
  return new DialError(
    `the jump host cannot connect to it (${cause.message})`,
    "Check the host name and port as the jump host sees them, the firewall between, and that the SSH server runs.",
    { cause },
  );
}

function forwardingRefused(node: string, endpoint: Endpoint, cause: Error): TableauError {
  return new TableauError("host-unreachable", {
    node,
    message: `The jump host does not let its user connect to ${endpoint.host}:${endpoint.port}.`,
    next: 'Set "AllowTcpForwarding yes" for that user in the jump host\'s sshd_config, and check PermitOpen.',
    cause,
  });
}

/**
 * Has a stream send together what is written to it in one turn of the event loop. ssh2 writes each packet in three pieces (length, data,
 * tag), which without Nagle's algorithm are three system calls and three TCP segments:
 * https://github.com/mscdex/ssh2/blob/v1.17.0/lib/protocol/crypto.js
 *
 * Every version up to 1.17.0, the latest, needs this. It goes with the first that does not: a test counts the pieces of the one that is
 * installed, and fails then.
 *
 * A socket has to be connecting or connected: its `connect` puts the original `write` back.
 */
export function gatherWrites(stream: Duplex): void {
  const write = stream.write.bind(stream) as (...args: unknown[]) => boolean;
  stream.write = (...args: unknown[]): boolean => {
    if (stream.writableCorked === 0) {
      stream.cork();
      process.nextTick(() => stream.uncork());
    }
    return write(...args);
  };
}
