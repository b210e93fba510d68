import { setTimeout as sleep } from "node:timers/promises";
import type { Client, ClientChannel } from "ssh2";
import { TableauError } from "../../vocabulary/error";
import { connectionLost } from "../connection-lost";
import { channelRefusal } from "./ssh2-internals";

// A server may take a moment to forget sessions that have just ended.
const patience = 5;

/**
 * Opens one exec channel. "refused": the server allows no further session now, so fewer at a time or a little later.
 * "disconnected": the connection was gone before anything was sent.
 */
export async function openExec(
  node: string,
  client: Client,
  command: string,
  after: {
    readonly seconds: number;
    readonly othersEnd: boolean;
    readonly refusals: number;
    readonly lost: () => boolean;
    readonly silent: () => void;
  },
): Promise<ClientChannel | "refused" | "disconnected"> {
  try {
    return await exec(client, command, after.seconds);
  } catch (error) {
    if (error instanceof Silent) {
      after.silent();
      throw noAnswer(node, after.seconds);
    }
    if (error instanceof NotConnected && after.refusals < patience) return "disconnected";
    if (error instanceof NotConnected) throw lostBefore(node, error);
    if (!isRefusedSession(error)) throw after.lost() ? lostBefore(node, error as Error) : execRefused(node, error as Error);
    if (after.othersEnd) return "refused";
    if (after.refusals >= patience) throw noSessions(node, error);
    await sleep(100 * 2 ** after.refusals);
    return "refused";
  }
}

class NotConnected extends Error {}

class Silent extends Error {}

function exec(client: Client, command: string, seconds: number): Promise<ClientChannel> {
  return new Promise((resolve, reject) => {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      reject(new Silent("no answer"));
    }, seconds * 1000);
    const done = (error: Error | undefined, channel: ClientChannel): void => {
      clearTimeout(timer);
      if (error !== undefined) return reject(error);
      // Nobody would read it, and it would hold its place on the server.
      if (late) return channel.close();
      resolve(channel);
    };
    try {
      client.exec(command, done);
    } catch (cause) {
      clearTimeout(timer);
      reject(new NotConnected("not connected", { cause }));
    }
  });
}

function noAnswer(node: string, seconds: number): TableauError {
  return new TableauError("host-timeout", {
    node,
    message: `The SSH server did not answer within ${String(seconds)} seconds when a session was asked for. The script may still be started there.`,
    next: "See whether the node is overloaded or out of processes, and its SSH server's log; then run it again.",
  });
}

function isRefusedSession(error: unknown): error is Error {
  return channelRefusal(error) !== undefined;
}

function execRefused(node: string, cause: Error): TableauError {
  return new TableauError("host-login-refused", {
    node,
    message: `The SSH server refuses to run a command for this user: ${cause.message}.`,
    next: "Allow commands for the user in the server's sshd_config, then run it again.",
    cause,
  });
}

// Whether the command was started is not known then.
function lostBefore(node: string, cause: Error): TableauError {
  return connectionLost({ node, during: "a script was started", reason: cause.message, onNode: "ended", cause });
}

function noSessions(node: string, cause: Error): TableauError {
  return new TableauError("host-unreachable", {
    node,
    message: `The SSH server lets the user log in but opens no session: ${cause.message}.`,
    next: "Set MaxSessions to at least 2 in the server's sshd_config (its default is 10).",
    cause,
  });
}
