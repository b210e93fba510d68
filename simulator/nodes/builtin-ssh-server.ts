import { connect } from "node:net";
import { Server, type Connection, type ServerChannel } from "ssh2";
import { simulatorError } from "../fail";
import { admitsKey } from "./admit-key";
import type { NodeCommand, StartCommand } from "./node-command";
import type { SshServer, SshServerOptions } from "./ssh-server";

export interface BuiltinServerKeys {
  /** PEM text of the host's private key. */
  readonly hostKey: string;
  /** An authorized_keys line. */
  readonly authorizedKey: string;
}

// Absent where the client wants no answer, whatever the types of ssh2 say.
type Acceptance = (() => void) | undefined;

/** An ssh server in this process, for machines without sshd: runs commands and forwards connections, knows no terminals and no sftp. */
export class BuiltinSshServer implements SshServer {
  #server: Server | undefined;
  #options: SshServerOptions = { umask: "022", banner: "" };
  #executions = 0;
  readonly #keys: BuiltinServerKeys;
  readonly #start: StartCommand;

  constructor(keys: BuiltinServerKeys, start: StartCommand) {
    this.#keys = keys;
    this.#start = start;
  }

  async start(options: SshServerOptions): Promise<number> {
    await this.stop();
    this.#options = options;
    const banner = options.banner === "" ? {} : { banner: options.banner };
    const server = new Server({ hostKeys: [this.#keys.hostKey], ...banner }, (client) => this.#serve(client));
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
    const address = server.address();
    if (address === null || typeof address === "string") throw simulatorError("The ssh server has no port.", "Try again.");
    return address.port;
  }

  // ssh2's close() only stops listening: open connections go on, as they do with sshd. The gate ends them.
  async stop(): Promise<void> {
    this.#server?.close();
    this.#server = undefined;
    await Promise.resolve();
  }

  executions(): number {
    return this.#executions;
  }

  #serve(client: Connection): void {
    let user = "";
    let sessions = 0;
    client.on("error", () => undefined);
    client.on("authentication", (context) => {
      user = context.username;
      if (admitsKey(this.#keys.authorizedKey, context)) context.accept();
      else context.reject(["publickey"]);
    });
    client.on("tcpip", (accept, _reject, { destIP, destPort }) => {
      const channel = accept();
      const socket = connect(destPort, destIP);
      for (const stream of [socket, channel]) stream.on("error", () => socket.destroy());
      socket.on("close", () => channel.close());
      channel.pipe(socket).pipe(channel);
    });
    client.on("session", (accept, reject) => {
      if (sessions >= 10) {
        reject(); // as sshd does, by its MaxSessions
        return;
      }
      sessions++;
      const session = accept();
      session.on("close", () => sessions--);
      session.on("env", (acceptEnv: Acceptance) => acceptEnv?.());
      session.on("exec", (acceptExec, _rejectExec, { command }) => {
        const started = this.#execute(user, command, acceptExec());
        session.on("signal", (acceptSignal: Acceptance, _rejectSignal, { name }) => {
          acceptSignal?.();
          started.signal(`SIG${name}`);
        });
      });
    });
  }

  #execute(user: string, commandLine: string, channel: ServerChannel): NodeCommand {
    this.#executions++;
    channel.on("error", () => undefined);
    const command = this.#start(user, commandLine, this.#options.umask);
    void command.started.then(() => pass(command, channel));
    return command;
  }
}

function pass({ stdin, stdout, stderr, ended }: NodeCommand, channel: ServerChannel): void {
  // As with sshd, a lost client does not end its command: only its streams are gone.
  const leave = (): void => {
    for (const stream of [stdin, stdout, stderr]) stream.destroy();
  };
  if (channel.destroyed) return leave();
  channel.on("close", leave);
  channel.pipe(stdin);
  stdout.pipe(channel, { end: false });
  stderr.pipe(channel.stderr, { end: false });
  void ended.then((end) => {
    if ("signal" in end) channel.exit(end.signal);
    else channel.exit(end.status);
    channel.end();
  });
}
