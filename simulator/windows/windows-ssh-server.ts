import { Server, type Connection, type Session } from "ssh2";
import { simulatorError } from "../fail";
import { admitsKey } from "../nodes/admit-key";
import type { BuiltinServerKeys } from "../nodes/builtin-ssh-server";
import type { SshServer, SshServerOptions } from "../nodes/ssh-server";
import type { Shell } from "./cmd/shell";
import type { WindowsFiles } from "./files/windows-files";
import { runCommandLine } from "./run-command-line";
import { serveSftp } from "./sftp/sftp-server";

/** What a session works with. */
export interface SessionHost {
  readonly files: WindowsFiles;
  /** The login user's folder. */
  readonly home: string;
  /** A cmd.exe of its own for each command. */
  readonly newShell: () => Shell;
  /** What the machine's AutoRun prints before every command; "" for nothing. */
  readonly autoRun: () => string;
}

/** OpenSSH for Windows in this process: commands go through a simulated cmd.exe, files over SFTP. It knows no terminals. */
export class WindowsSshServer implements SshServer {
  #server: Server | undefined;
  #executions = 0;
  readonly #keys: BuiltinServerKeys;
  readonly #host: SessionHost;

  constructor(keys: BuiltinServerKeys, host: SessionHost) {
    this.#keys = keys;
    this.#host = host;
  }

  async start({ banner }: Pick<SshServerOptions, "banner">): Promise<number> {
    await this.stop();
    const options = { hostKeys: [this.#keys.hostKey], ident: "OpenSSH_for_Windows_9.5", ...(banner === "" ? {} : { banner }) };
    const server = new Server(options, (client) => this.#serve(client));
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
    const address = server.address();
    if (address === null || typeof address === "string") throw simulatorError("The ssh server has no port.", "Try again.");
    return address.port;
  }

  // Open connections go on, as with sshd. The gate ends them.
  async stop(): Promise<void> {
    this.#server?.close();
    this.#server = undefined;
    await Promise.resolve();
  }

  executions(): number {
    return this.#executions;
  }

  #serve(client: Connection): void {
    let sessions = 0;
    client.on("error", () => undefined);
    client.on("authentication", (context) => {
      if (admitsKey(this.#keys.authorizedKey, context)) context.accept();
      else context.reject(["publickey"]);
    });
    client.on("session", (accept, reject) => {
      if (sessions >= 10) return reject(); // as sshd does, by its MaxSessions
      sessions++;
      const session = accept();
      session.on("close", () => sessions--);
      this.#offer(session);
    });
  }

  #offer(session: Session): void {
    session.on("exec", (accept, _reject, { command }) => {
      this.#executions++;
      const shell = this.#host.newShell();
      void runCommandLine({ command, shell, channel: accept(), greeting: this.#host.autoRun() });
    });
    session.on("subsystem", (accept, reject, { name }) => {
      if (name === "sftp") serveSftp(accept(), this.#host.files, this.#host.home);
      else reject();
    });
  }
}
