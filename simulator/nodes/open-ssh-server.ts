import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { simulatorError } from "../fail";
import type { Control } from "./control";
import type { SshServer, SshServerOptions } from "./ssh-server";

export const sshdProgram = "/usr/sbin/sshd";

/** The machine's own sshd, run inside the node. */
export class OpenSshServer implements SshServer {
  readonly #control: Control;
  readonly #folder: string;
  #port = 0;

  constructor(control: Control, folder: string) {
    this.#control = control;
    this.#folder = folder;
  }

  async start(options: SshServerOptions): Promise<number> {
    for (let attempt = 0; attempt < 5; attempt++) {
      // The port may be taken by somebody else before sshd listens: then another one.
      this.#port = await freePort();
      writeFileSync(join(this.#folder, "run/sshd_config"), config(this.#port, options));
      writeFileSync(join(this.#folder, "run/banner"), options.banner);
      const logged = this.#log().length;
      await this.#control.must(`start_sshd ${options.umask}`);
      if (await this.#listens(logged)) return this.#port;
    }
    throw simulatorError(`sshd does not start: ${this.#log().slice(-2000)}`, 'Use the transport "builtin".');
  }

  async stop(): Promise<void> {
    await this.#control.run("stop_sshd");
  }

  executions(): number {
    return this.#log().match(/Starting session: /g)?.length ?? 0;
  }

  // By its log: another node's sshd may have taken the port, and would answer as well.
  async #listens(logged: number): Promise<boolean> {
    for (let attempt = 0; attempt < 100; attempt++) {
      if (this.#log().slice(logged).includes(`Server listening on 127.0.0.1 port ${this.#port}.`)) return true;
      if ((await this.#control.run("kill -0 $sshd_pid")).status !== 0) return false;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return false;
  }

  #log(): string {
    const path = join(this.#folder, "run/sshd.log");
    return existsSync(path) ? readFileSync(path, "utf8") : "";
  }
}

function config(port: number, options: SshServerOptions): string {
  return `ListenAddress 127.0.0.1
Port ${port}
HostKey /run/simulator/host_key
AuthorizedKeysFile /run/simulator/authorized_keys
PidFile none
StrictModes no
UsePAM no
UseDNS no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
PrintMotd no
PrintLastLog no
LogLevel VERBOSE
Subsystem sftp internal-sftp
Banner ${options.banner === "" ? "none" : "/run/simulator/banner"}
`;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
