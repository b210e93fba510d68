import { setTimeout as startTimer } from "node:timers";
import type { Client } from "ssh2";
import type { TableauError } from "../../vocabulary/error";
import { closedError } from "../connection-lost";
import { DialError } from "./dial-error";
import { dialFault } from "./dial-fault";
import type { Dialed } from "./dialed";
import type { Endpoint } from "../host";
import { type HostKeyCheck, hostKeyCheck } from "../keys/host-key-check";
import { loginFailure, type LoginSeen } from "./login-failure";
import { plainKey, readPublicKey } from "../keys/public-key";
import { ServerGreeting } from "./server-greeting";
import { algorithmsToConnect } from "./algorithms";
import { type SshAuth, sshAuth } from "./authentication";
import { handshakeFailure, noSshServer } from "./connect-failure";
import type { SshContext } from "./context";
import { offerHostKeyAlgorithms, onLoginAnswer, sendWholeSignatures, softwareOf } from "./ssh2-internals";
import { ssh2 } from "./ssh2-library";
import { openTransport, type Transport, type TransportStage } from "./transport";

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
  const attempt = new Attempt({ node, endpoint, context, check, signal });
  try {
    return await Promise.race([attempt.connect(jump), attempt.failed]);
  } catch (error) {
    attempt.close();
    throw error;
  } finally {
    attempt.settled();
  }
}

interface Parts {
  readonly node: string;
  readonly endpoint: Endpoint;
  readonly context: SshContext;
  readonly check: HostKeyCheck;
  readonly signal: AbortSignal;
}

/** How far an attempt has come, for what is said when it takes too long. */
type Stage = TransportStage | "key exchange" | "login";

class Attempt {
  /** Rejects when the attempt has failed. Never resolves. */
  readonly failed: Promise<never>;
  readonly #parts: Parts;
  readonly #onAbort = (): void => this.#fail(closedError(this.#parts.node));
  #fail: (error: Error) => void = () => undefined;
  #timer: NodeJS.Timeout | undefined;
  #stage: Stage = "connection";
  #transport: Transport | undefined;
  #client: Client | undefined;
  #greeting: ServerGreeting | undefined;
  #over = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.failed = new Promise((_, reject) => (this.#fail = reject));
    this.failed.catch(() => undefined);
    if (parts.signal.aborted) this.#onAbort();
    parts.signal.addEventListener("abort", this.#onAbort);
    this.#limit(this.#dialSeconds());
  }

  async connect(jump: Dialed | undefined): Promise<Dialed> {
    const { node, endpoint, context } = this.#parts;
    // First, so that the server starts its side while this one loads its library and reads the key.
    const opened = openTransport(node, endpoint, jump, {
      at: (stage) => (this.#stage = stage),
      failed: (error) => void this.#broken(error),
    });
    context.counts.connections += 1;
    const [transport, auth] = await Promise.all([this.#kept(opened), sshAuth(node, endpoint, context)]);
    const client = await this.#login(transport, auth);
    const close = (): void => {
      client.end();
      transport.close();
    };
    return { client, software: softwareOf(client), socket: transport.socket, close };
  }

  /** Nothing of it is waited for any more. */
  settled(): void {
    this.#over = true;
    clearTimeout(this.#timer);
    this.#parts.signal.removeEventListener("abort", this.#onAbort);
  }

  close(): void {
    this.#over = true;
    this.#transport?.close();
  }

  // Afterwards the client hears of it.
  async #broken(error: Error): Promise<void> {
    if (this.#client === undefined) this.#fail(await dialFault(error, this.#parts.endpoint));
  }

  // What comes too late is closed.
  async #kept(opened: Promise<Transport>): Promise<Transport> {
    const transport = await opened;
    this.#transport = transport;
    if (this.#over) transport.close();
    return transport;
  }

  #login(transport: Transport, auth: SshAuth): Promise<Client> {
    const { node, endpoint, check } = this.#parts;
    const client = new (ssh2().Client)();
    this.#client = client;
    const notes: string[] = [];
    const banners: string[] = [];
    const seen = { node, endpoint, auth, notes, banners } satisfies LoginSeen;
    let verdict: TableauError | undefined;
    return new Promise((resolve, reject) => {
      // The first error is the cause, those after it are what comes of it.
      let failed = false;
      const fail = (error: Error): void => {
        if (failed) return;
        failed = true;
        if (verdict !== undefined || this.#stage === "login") return reject(verdict ?? loginFailure(error, seen));
        handshakeFailure(error, { node, endpoint, check, greeting }).then(reject, reject);
      };
      // The listener stays: a later error of the connection must not end the process.
      client.on("error", (error: Error & { level?: string }) => {
        if (error.level === "agent" || error.message.includes("signing")) notes.push(error.message);
        else fail(error);
      });
      client.on("banner", (text) => banners.push(text));
      client.on("change password", () => fail(new Error("the password must be changed")));
      client.once("handshake", () => {
        this.#stage = "login";
        greeting.end();
        this.#limit(Math.max(this.#dialSeconds(), this.#parts.context.waits.login));
      });
      client.once("ready", () => resolve(client));
      client.once("close", () => fail(new Error("closed")));
      const greeting = (this.#greeting = new ServerGreeting(transport.stream, () => (this.#stage = "key exchange")));
      client.connect({
        sock: transport.stream,
        username: endpoint.user,
        readyTimeout: 0,
        algorithms: algorithmsToConnect,
        hostVerifier: (key: Buffer) => {
          verdict = check.judge(key);
          return verdict === undefined;
        },
        authHandler: () => auth.next(),
      });
      offerHostKeyAlgorithms(
        client,
        check.algorithms.map(({ name }) => name),
        (certificate) => plainKey(readPublicKey(certificate)).bytes,
      );
      sendWholeSignatures(client);
      onLoginAnswer(client, (accepted, attempt) => auth.heard(accepted, attempt));
      // Only now, that the client has paused the stream.
      greeting.begin();
      // It may have gone before anybody listened.
      const { errored, destroyed } = transport.stream;
      if (errored !== null || destroyed) fail(errored ?? new Error("closed"));
    });
  }

  #dialSeconds(): number {
    const { endpoint, context } = this.#parts;
    return endpoint.perDialTimeout > 0 ? endpoint.perDialTimeout : context.waits.longestDial;
  }

  #limit(seconds: number): void {
    clearTimeout(this.#timer);
    this.#timer = startTimer(() => this.#fail(this.#late(seconds)), seconds * 1000);
  }

  #late(seconds: number): DialError {
    const within = `within ${String(seconds)} seconds`;
    const { host } = this.#parts.endpoint;
    switch (this.#stage) {
      case "name":
        return new DialError(`the name ${host} was not resolved ${within}`, "Check this machine's DNS (/etc/resolv.conf) and network.");
      case "connection":
        return new DialError(`no TCP connection was made ${within}`, "Check that the machine is up, and the firewalls and routes between.");
      case "forward":
        return new DialError(
          `the jump host did not answer ${within} when it was asked to connect to it`,
          "Check that the machine is up, and the firewalls between it and the jump host.",
        );
      case "greeting":
        if (this.#greeting !== undefined && this.#greeting.words !== "") return noSshServer(this.#greeting);
        return new DialError(
          `the connection was made, but no SSH server said anything ${within}`,
          "Check the port, and that the SSH server is not overloaded; then raise perDialTimeout if it needs longer.",
        );
      case "key exchange":
        return new DialError(
          `the key exchange did not end ${within}`,
          "See whether the server is overloaded, or the path between drops large packets (MTU).",
        );
      case "login":
        return new DialError(
          `the login did not end ${within}`,
          "See what the server waits for at a login: a directory server, DNS, or a question to its user.",
        );
    }
  }
}
