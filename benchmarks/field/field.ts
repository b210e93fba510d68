import { chownSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startCluster, type Cluster } from "../../simulator";
import { DelayProxy } from "./delay-proxy";
import type { Package } from "./packages";

/** The key that the jobs set. */
export const key = "native_api.disable_verify_connector_plugin_signature";

export interface FieldNode {
  readonly name: string;
  readonly host: string;
  readonly port: number;
}

/** What was done to the cluster, counted by the nodes' own sshd, by the proxies and by the server. */
export interface Counts {
  readonly connections: number;
  /** Commands that sshd started: sessions. */
  readonly sessions: number;
  readonly bytesUp: number;
  readonly bytesDown: number;
  readonly restarts: number;
  readonly applies: number;
}

/** Nodes with a real sshd, behind proxies that put in the round trip; restarts take no time. */
export class Field {
  private constructor(
    readonly folder: string,
    readonly cluster: Cluster,
    readonly proxies: readonly DelayProxy[],
  ) {}

  static async start(nodes: number): Promise<Field> {
    const folder = mkdtempSync(join(tmpdir(), "bench-"));
    const cluster = await startCluster({
      directory: join(folder, "cluster"),
      nodes,
      login: "sudo",
      transport: "openssh",
      jobMilliseconds: 0,
    });
    const proxies = await Promise.all(cluster.nodes.map((node) => DelayProxy.open(sshdPort(folder, node.name))));
    const field = new Field(folder, cluster, proxies);
    field.#writeAddresses();
    return field;
  }

  async stop(): Promise<void> {
    for (const proxy of this.proxies) proxy.close();
    await this.cluster.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  get nodes(): readonly FieldNode[] {
    return this.cluster.nodes.map(({ name }, index) => ({ name, host: "127.0.0.1", port: this.proxies[index]?.port ?? 0 }));
  }

  get user(): string {
    return this.cluster.nodes[0]?.connection?.user ?? "";
  }

  get privateKeyPath(): string {
    return this.cluster.nodes[0]?.connection?.privateKeyPath ?? "";
  }

  get knownHostsPath(): string {
    return join(this.folder, "known_hosts");
  }

  roundTrip(milliseconds: number): void {
    for (const proxy of this.proxies) proxy.roundTripMilliseconds = milliseconds;
  }

  /** The `server` and `credentials` inputs of our resources, with the proxies as addresses. */
  inputs(): Record<string, unknown> {
    const [first] = this.cluster.nodes;
    const { privateKey } = first?.connection ?? {};
    const hostKeys = this.cluster.nodes.map(({ name, connection }) => [
      name,
      { privateKey, hostKey: connection?.hostKey, dialErrorLimit: 3 },
    ]);
    return {
      server: { name: "bench", nodes: this.nodes.map((node) => ({ ...node, user: this.user })) },
      credentials: { nodes: Object.fromEntries(hostKeys) as Record<string, unknown> },
    };
  }

  /** As before any deployment. */
  async wipe(): Promise<void> {
    for (const { name } of this.cluster.nodes) {
      const { connectors, state } = this.cluster.paths;
      const command = `rm -rf ${state} ${connectors}/* ${connectors}/.[!.]* /home/${this.user}/.connectors /home/${this.user}/.ansible /tmp/pyinfra-*`;
      await this.cluster.run(name, command);
    }
    const { applied } = await this.cluster.state();
    if (applied[key] === undefined) return;
    await this.#must(["configuration", "set", "-k", key, "-d", "--force-keys"]);
    await this.#must(["pending-changes", "apply", "--ignore-prompt"]);
  }

  /** Packages and key as if somebody had put them there by hand. */
  async place(packages: readonly Package[]): Promise<void> {
    for (const { name } of this.cluster.nodes) {
      const folder = this.cluster.nodePath(name, this.cluster.paths.connectors);
      mkdirSync(folder, { recursive: true });
      for (const { fileName, path } of packages) {
        copyFileSync(path, join(folder, fileName));
        chownSync(join(folder, fileName), 0, 0);
      }
    }
    const { applied } = await this.cluster.state();
    if (applied[key] === "true") return;
    await this.#must(["configuration", "set", "-k", key, "-v", "true", "--force-keys"]);
    await this.#must(["pending-changes", "apply", "--ignore-prompt"]);
  }

  /** @throws Error naming what is not as deployed. */
  async verify(packages: readonly Package[]): Promise<void> {
    const { nodes, applied, pending } = await this.cluster.state();
    if (applied[key] !== "true") throw new Error(`${key} is ${applied[key] ?? "not set"}.`);
    if (Object.keys(pending).length > 0) throw new Error(`Changes are left pending: ${Object.keys(pending).join(", ")}.`);
    for (const { name, files, loaded } of nodes) {
      for (const { fileName, sha256 } of packages) {
        const live = files.find(({ path }) => path === `${this.cluster.paths.connectors}/${fileName}`);
        if (live?.sha256 !== sha256 || live.mode !== "0644" || !live.owner.startsWith("root")) {
          throw new Error(`${fileName} on ${name} is ${JSON.stringify(live ?? "absent")}, not ${sha256}.`);
        }
        if (loaded.every((one) => one.sha256 !== sha256)) throw new Error(`${fileName} on ${name} is not loaded: a restart is missing.`);
      }
    }
  }

  async counts(): Promise<Counts> {
    const { nodes, restarts, applies } = await this.cluster.state();
    const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
    return {
      connections: sum(this.proxies.map(({ traffic }) => traffic.connections)),
      sessions: sum(nodes.map(({ executions }) => executions)),
      bytesUp: sum(this.proxies.map(({ traffic }) => traffic.bytesUp)),
      bytesDown: sum(this.proxies.map(({ traffic }) => traffic.bytesDown)),
      restarts,
      applies,
    };
  }

  #writeAddresses(): void {
    const hostKeys = this.cluster.nodes.map(
      ({ connection }, index) => `[127.0.0.1]:${this.nodes[index]?.port ?? 0} ${connection?.hostKey ?? ""}`,
    );
    writeFileSync(this.knownHostsPath, `${hostKeys.join("\n")}\n`);
    writeFileSync(join(this.folder, "nodes"), this.nodes.map(({ name, port }) => `${name} ${port}\n`).join(""));
  }

  async #must(argv: readonly string[]): Promise<void> {
    const { status, stdout, stderr } = await this.cluster.tsm(argv);
    if (status !== 0) throw new Error(`tsm ${argv.join(" ")} failed: ${stdout}${stderr}`);
  }
}

// The simulator's own address of a node would be one more hop for every byte.
function sshdPort(folder: string, node: string): number {
  const nodes = join(folder, "cluster");
  const found = readdirSync(nodes, { recursive: true }).find((path) => String(path).endsWith(`${node}/run/sshd_config`));
  const port = found === undefined ? null : /^Port (\d+)$/m.exec(readFileSync(join(nodes, String(found)), "utf8"));
  if (port === null) throw new Error(`The sshd of ${node} is not found below ${nodes}.`);
  return Number(port[1]);
}
