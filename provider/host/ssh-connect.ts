import type { Client } from "ssh2";
import { DialError } from "./dial-error";
import type { Endpoint } from "./host";
import { type HostKeyCheck, hostKeyCheck } from "./host-key-check";
import { type SshAuth, sshAuth } from "./ssh-auth";
import { connectFailure } from "./ssh-connect-failure";
import type { SshContext } from "./ssh-context";
import type { Dialed } from "./dialed";
import { openTransport, type Transport } from "./ssh-transport";
import { openSshAlgorithms } from "./ssh-algorithms";
import { offerHostKeyAlgorithms, sendWholeSignatures, softwareOf } from "./ssh2-internals";
import { plainKey, readPublicKey } from "./public-key";
import { ssh2 } from "./ssh2-library";

/**
 * Connects and logs in once.
 *
 * @throws DialError if another attempt may succeed, TableauError if not.
 */
export async function connectOnce(
  node: string,
  endpoint: Endpoint,
  context: SshContext,
  signal: AbortSignal,
  jump?: Dialed,
): Promise<Dialed> {
  const check = hostKeyCheck(node, endpoint, endpoint.hostKey === undefined ? await context.readKnownHosts() : []);
  // First, so that the server starts its side while this one loads its library and reads the key.
  const transport = await openTransport(node, endpoint, jump);
  context.counts.connections += 1;
  try {
    const auth = await sshAuth(node, endpoint, context.agentOfEnvironment);
    const client = new (ssh2().Client)();
    const close = (): void => {
      client.end();
      transport.close();
    };
    await ready({ node, endpoint, client, transport, check, auth, signal });
    return { client, software: softwareOf(client), socket: transport.socket, close };
  } catch (error) {
    transport.close();
    throw error;
  }
}

interface Attempt {
  readonly node: string;
  readonly endpoint: Endpoint;
  readonly client: Client;
  readonly transport: Transport;
  readonly check: HostKeyCheck;
  readonly auth: SshAuth;
  readonly signal: AbortSignal;
}

// A login may wait for a directory server; sshd itself allows two minutes (LoginGraceTime).
const shortestLoginSeconds = 30;

function ready(attempt: Attempt): Promise<void> {
  const { client, endpoint, check, auth } = attempt;
  return new Promise((resolve, reject) => {
    const seen: { phase: "handshake" | "login"; notes: string[]; verdict?: Error } = { phase: "handshake", notes: [] };
    let timer: NodeJS.Timeout | undefined;
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      attempt.signal.removeEventListener("abort", aborted);
      settle();
    };
    const fail = (error: Error): void => end(() => reject(seen.verdict ?? connectFailure(error, { ...attempt, ...seen })));
    const limit = (seconds: number, what: string): void => {
      clearTimeout(timer);
      if (endpoint.perDialTimeout > 0)
        timer = setTimeout(() => fail(new DialError(`${what} took longer than ${seconds} seconds`)), seconds * 1000);
    };
    const aborted = (): void => fail(new Error("aborted"));

    attempt.signal.addEventListener("abort", aborted);
    limit(endpoint.perDialTimeout, "connecting");
    // The listener stays: a later error of the connection must not end the process.
    client.on("error", (error: Error & { level?: string }) => {
      if (error.level === "agent" || error.message.includes("signing")) seen.notes.push(error.message);
      else fail(error);
    });
    client.once("handshake", () => {
      seen.phase = "login";
      limit(Math.max(endpoint.perDialTimeout, shortestLoginSeconds), "logging in");
    });
    client.once("ready", () => end(resolve));
    client.once("close", () => fail(new Error("closed")));
    const { errored } = attempt.transport.stream;
    if (errored !== null) return fail(errored);
    client.connect({
      sock: attempt.transport.stream,
      username: endpoint.user,
      readyTimeout: 0,
      algorithms: openSshAlgorithms,
      hostVerifier: (key: Buffer) => {
        const verdict = check.judge(key);
        if (verdict !== undefined) seen.verdict = verdict;
        return verdict === undefined;
      },
      authHandler: (accepted: readonly string[] | null, partial: boolean | null) =>
        auth.next(accepted, partial === true ? "passed" : "refused"),
    });
    offerHostKeyAlgorithms(
      client,
      check.algorithms.map(({ name }) => name),
      (certificate) => plainKey(readPublicKey(certificate)).bytes,
    );
    sendWholeSignatures(client);
  });
}
