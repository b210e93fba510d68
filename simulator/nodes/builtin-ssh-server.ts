import { spawn, type ChildProcess } from "node:child_process";
import { connect } from "node:net";
import { Server, type Connection, type ServerChannel } from "ssh2";
import { simulatorError } from "../fail";
import { admitsKey } from "./admit-key";
import type { SshServer, SshServerOptions } from "./ssh-server";

export interface BuiltinServerKeys {
  /** PEM text of the host's private key. */
  readonly hostKey: string;
  /** An authorized_keys line. */
  readonly authorizedKey: string;
}

/** The program that runs a command line as a user of the node, with its arguments. */
export type CommandFor = (user: string, commandLine: string, umask: string) => readonly [program: string, ...args: string[]];

// Absent where the client wants no answer, whatever the types of ssh2 say.
type Acceptance = (() => void) | undefined;

/** An ssh server in this process, for machines without sshd: runs commands and forwards connections, knows no terminals and no sftp. */
export class BuiltinSshServer implements SshServer {
  #server: Server | undefined;
  #options: SshServerOptions = { umask: "022", banner: "" };
  #executions = 0;
  readonly #keys: BuiltinServerKeys;
  readonly #commandFor: CommandFor;

  constructor(keys: BuiltinServerKeys, commandFor: CommandFor) {
    this.#keys = keys;
    this.#commandFor = commandFor;
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
        const child = this.#execute(user, command, acceptExec());
        session.on("signal", (acceptSignal: Acceptance, _rejectSignal, { name }) => {
          acceptSignal?.();
          signal(child, `SIG${name}`);
        });
      });
    });
  }

  #execute(user: string, commandLine: string, channel: ServerChannel): ChildProcess {
    this.#executions++;
    const [program, ...args] = this.#commandFor(user, commandLine, this.#options.umask);
    const child = spawn(program, args, {
      stdio: "pipe",
      detached: true,
      env: { PATH: process.env["PATH"] ?? "/usr/sbin:/usr/bin:/sbin:/bin" },
    });
    pass(child, channel);
    return child;
  }
}

function pass(child: ChildProcess, channel: ServerChannel): void {
  const { stdin, stdout, stderr } = child;
  for (const stream of [stdin, stdout, stderr, channel]) stream?.on("error", () => undefined);
  if (stdin !== null) channel.pipe(stdin);
  stdout?.pipe(channel, { end: false });
  stderr?.pipe(channel.stderr, { end: false });
  // As with sshd, a lost client does not end its command: only its streams are gone.
  channel.on("close", () => {
    stdin?.destroy();
    stdout?.destroy();
    stderr?.destroy();
  });
  child.on("error", () => channel.close());
  child.on("close", (code, name) => {
    if (code === null) channel.exit(name ?? "SIGKILL");
    else channel.exit(code);
    channel.end();
  });
}

function signal(child: ChildProcess, name: string): void {
  if (child.pid !== undefined && /^SIG[A-Z0-9]+$/.test(name)) process.kill(-child.pid, name);
}
