import { execFileSync, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const sshdPath = "/usr/sbin/sshd";

/** Why the real sshd cannot be tried here, or undefined if it can. */
export const noSshd: string | undefined =
  process.getuid?.() !== 0 ? "it needs root to log in as another user" : existsSync(sshdPath) ? undefined : `there is no ${sshdPath}`;

export interface Sshd {
  readonly port: number;
  readonly directory: string;
  readonly hostKey: string;
  /** Private key text that may log in. */
  readonly privateKey: string;
  readonly privateKeyPath: string;
  close(): Promise<void>;
}

/** Starts OpenSSH's own server on 127.0.0.1 and a free port, with keys and configuration in a temporary folder. */
export async function startSshd(extraConfig: readonly string[] = [], environment = ""): Promise<Sshd> {
  const directory = mkdtempSync(join(tmpdir(), "sshd-"));
  chmodSync(directory, 0o755);
  // Its privilege separation folder, which the service's start-up script makes otherwise.
  mkdirSync("/run/sshd", { recursive: true });
  const file = (name: string): string => join(directory, name);
  for (const name of ["host", "user"]) execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", name, "-f", file(name)]);
  writeFileSync(file("authorized_keys"), environment + readFileSync(file("user.pub"), "utf8"), { mode: 0o644 });
  const port = await freePort();
  writeFileSync(
    file("config"),
    [
      ...extraConfig,
      `Port ${port}`,
      "ListenAddress 127.0.0.1",
      `HostKey ${file("host")}`,
      `PidFile ${file("pid")}`,
      `AuthorizedKeysFile ${file("authorized_keys")}`,
      "StrictModes no",
      "UsePAM no",
      "PermitRootLogin yes",
      "PermitUserEnvironment yes",
    ].join("\n"),
  );
  const daemon = spawn(sshdPath, ["-D", "-e", "-f", file("config")], { stdio: ["ignore", "ignore", "pipe"] });
  let log = "";
  daemon.stderr.on("data", (chunk: Buffer) => (log += chunk.toString()));
  const gone = new Promise<void>((resolve) => daemon.once("exit", () => resolve()));
  await listening(port, () => log);
  return {
    port,
    directory,
    hostKey: readFileSync(file("host.pub"), "utf8").trim(),
    privateKey: readFileSync(file("user"), "utf8"),
    privateKeyPath: file("user"),
    close: async () => {
      daemon.kill("SIGTERM");
      await gone;
      // Servers of connections that are still open have it, too.
      daemon.stderr.destroy();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function listening(port: number, log: () => string): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (await accepts(port)) return;
    await sleep(50);
  }
  throw new Error(`sshd does not listen: ${log()}`);
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
