import type { Session } from "ssh2";
import { Ssh2Listener, type BuiltinServerKeys } from "../nodes/ssh2-listener";
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
  #executions = 0;
  readonly #listener: Ssh2Listener;
  readonly #host: SessionHost;

  constructor(keys: BuiltinServerKeys, host: SessionHost) {
    this.#host = host;
    this.#listener = new Ssh2Listener(keys, { ident: "OpenSSH_for_Windows_9.5", onSession: (session) => this.#offer(session) });
  }

  async start({ banner }: Pick<SshServerOptions, "banner">): Promise<number> {
    return await this.#listener.start(banner);
  }

  async stop(): Promise<void> {
    await this.#listener.stop();
  }

  executions(): number {
    return this.#executions;
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
