import { connect } from "node:net";
import type { Connection, ServerChannel, Session } from "ssh2";
import type { NodeCommand, StartCommand } from "./node-command";
import type { SshServer, SshServerOptions } from "./ssh-server";
import { Ssh2Listener, type BuiltinServerKeys } from "./ssh2-listener";

// Absent where the client wants no answer, whatever the types of ssh2 say.
type Acceptance = (() => void) | undefined;

/** An ssh server in this process, for machines without sshd: runs commands and forwards connections, knows no terminals and no sftp. */
export class BuiltinSshServer implements SshServer {
  #options: SshServerOptions = { umask: "022", banner: "" };
  #executions = 0;
  readonly #listener: Ssh2Listener;
  readonly #start: StartCommand;

  constructor(keys: BuiltinServerKeys, start: StartCommand) {
    this.#start = start;
    this.#listener = new Ssh2Listener(keys, { onClient: forward, onSession: (session, user) => this.#offer(session, user) });
  }

  async start(options: SshServerOptions): Promise<number> {
    this.#options = options;
    return await this.#listener.start(options.banner);
  }

  async stop(): Promise<void> {
    await this.#listener.stop();
  }

  executions(): number {
    return this.#executions;
  }

  #offer(session: Session, user: string): void {
    session.on("env", (acceptEnv: Acceptance) => acceptEnv?.());
    session.on("exec", (acceptExec, _rejectExec, { command }) => {
      const started = this.#execute(user, command, acceptExec());
      session.on("signal", (acceptSignal: Acceptance, _rejectSignal, { name }) => {
        acceptSignal?.();
        started.signal(`SIG${name}`);
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

function forward(client: Connection): void {
  client.on("tcpip", (accept, _reject, { destIP, destPort }) => {
    const channel = accept();
    const socket = connect(destPort, destIP);
    for (const stream of [socket, channel]) stream.on("error", () => socket.destroy());
    socket.on("close", () => channel.close());
    channel.pipe(socket).pipe(channel);
  });
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
