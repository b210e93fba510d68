import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Client } from "ssh2";
import { startCluster, type Cluster, type ClusterOptions, type NodeDescription } from "../../simulator";

export const tsmPath = "/opt/tableau/tableau_server/packages/customer-bin.20242.24.0807.0327/tsm";
export const pluginsPath = "native_api.connect_plugins_path";

export interface Ran {
  readonly status: number | null;
  readonly signal: string | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), "simulated-"));
}

/** A cluster for all tests of a file: started before them, stopped after them. */
export function sharedCluster(options: Omit<ClusterOptions, "directory">): { readonly cluster: Cluster } {
  let directory = "";
  let started: Cluster | undefined;
  beforeAll(async () => {
    directory = temporaryFolder();
    started = await startCluster({ directory, jobMilliseconds: 5, ...options });
  });
  afterAll(async () => {
    await started?.stop();
    if (directory !== "") rmSync(directory, { recursive: true, force: true });
  });
  return {
    get cluster() {
      if (started === undefined) throw new Error("the cluster is not started");
      return started;
    },
  };
}

/** Runs a command on a node over ssh; `input` goes to its standard input, which is then closed. */
export function ssh(node: NodeDescription | undefined, command: string, input?: Buffer | string): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const client = new Client();
    const { connection } = node ?? {};
    if (connection === undefined) return reject(new Error("no connection"));
    const hostKey = connection.hostKey.split(" ")[1];
    client.on("error", reject);
    client.on("ready", () => {
      client.exec(command, (error, channel) => {
        if (error !== undefined) return reject(error);
        const printed = { stdout: "", stderr: "" };
        let end: Pick<Ran, "status" | "signal"> = { status: null, signal: undefined };
        channel.on("data", (chunk: Buffer) => (printed.stdout += chunk.toString()));
        channel.stderr.on("data", (chunk: Buffer) => (printed.stderr += chunk.toString()));
        channel.on("exit", (status: number | null, signal?: string) => (end = { status, signal }));
        channel.on("error", reject);
        channel.on("close", () => {
          client.end();
          resolve({ ...end, ...printed });
        });
        channel.end(input);
      });
    });
    const { host, port, user, privateKey } = connection;
    client.connect({ host, port, username: user, privateKey, hostVerifier: (key: Buffer) => key.toString("base64") === hostKey });
  });
}

/** Puts a file where the server of a node finds it, as an administrator would. */
export function place(cluster: Cluster, node: string, path: string, bytes: Buffer): string {
  const here = cluster.nodePath(node, path);
  if (!existsSync(dirname(here))) mkdirSync(dirname(here), { recursive: true, mode: 0o755 });
  writeFileSync(here, bytes, { mode: 0o644 });
  return here;
}

/** Processes of this machine that were started in or for a folder. */
export function processesOf(folder: string): string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map((pid) => read(`/proc/${pid}/cmdline`).replaceAll("\0", " "))
    .filter((line) => line.includes(folder));
}

/** Mounts of this machine below a folder. */
export function mountsOf(folder: string): string[] {
  return read("/proc/mounts")
    .split("\n")
    .filter((line) => line.includes(folder));
}

export const isRoot = process.getuid?.() === 0;
export const hasSshd = existsSync("/usr/sbin/sshd");
export const hasSudo = existsSync("/usr/bin/sudo");

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
