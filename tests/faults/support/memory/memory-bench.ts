import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Host } from "../../../../provider/host/host";
import { changeRecord } from "../../../../provider/activation/change-record";
import { toTarget } from "../../../../provider/lifecycle/server/to-target";
import { parse } from "../../../../provider/schema/read";
import { onServer } from "../../../../provider/schema/server";
import { TrustCache } from "../../../../provider/lifecycle/trust/trust-cache";
import { type FaultName, makeTaco } from "../../../../simulator";
import { StackImitation, type Program, type ResourceState } from "../../../scenarios/support";
import type { FaultBench, ServerNow } from "../fault-bench";
import { PointPool, type Interruption } from "../point-pool";
import { connectors, MemoryCluster, state } from "./memory-cluster";
import { digestOf } from "./memory-node";

const count = 3;

/** A cluster in memory with one stack on it, whose provider can be killed and started again. */
export class MemoryBench implements FaultBench {
  pool: PointPool;
  stack: StackImitation;
  readonly strangers = new Set<string>();
  readonly warned: string[] = [];
  readonly #ever = new Map<string, Set<string>>();
  readonly #cluster: MemoryCluster;
  readonly #hosts = new Map<string, Host>();

  private constructor(
    readonly packages: MemoryPackages,
    readonly wrap: (host: Host) => Host,
  ) {
    this.#cluster = new MemoryCluster(count, (sha256) => packages.byDigest.get(sha256));
    this.#cluster.onCall = (argv) => this.pool.call("node1", argv);
    for (const node of this.#cluster.nodes) node.onChange = (path) => this.#see(node.name, path);
    this.pool = this.#newPool();
    this.stack = this.#newStack(new Map());
  }

  /** @param wrap puts something between the provider and its nodes. */
  static async start(packages: MemoryPackages, wrap: (host: Host) => Host = (host) => host): Promise<MemoryBench> {
    const bench = new MemoryBench(packages, wrap);
    await bench.#cluster.boot();
    return bench;
  }

  stop(): Promise<void> {
    this.pool.close();
    return this.#cluster.settle();
  }

  restartProvider(interruption?: Interruption): void {
    this.pool.close();
    this.pool = this.#newPool(interruption);
    this.stack = this.#newStack(this.stack.resources);
  }

  program(versions: Readonly<Record<string, string>>, config: Readonly<Record<string, unknown>> = {}): Program {
    return {
      server: {
        name: "in memory",
        nodes: this.#cluster.nodes.map(({ name }) => ({
          name,
          connection: { host: name, port: 22, user: "root", privateKey: "", hostKey: "" },
        })),
      },
      connectors: Object.fromEntries(
        Object.entries(versions).map(([name, version]) => [name, { source: this.packages.path(`${name}_jdbc`, version) }]),
      ),
      config: { timeouts: { command: 30, restart: 30, ready: 20 }, ...config },
    };
  }

  async retry(): Promise<void> {
    const config = this.stack.get("config");
    if (config === undefined) return;
    const silent = { step: () => undefined, warn: () => undefined };
    await changeRecord(toTarget(this.pool, parse(onServer, config.outs)), "retry", silent, (record) =>
      record?.rolledBack ? { ...record, rolledBack: null } : null,
    );
  }

  async tsm(argv: readonly string[]): Promise<void> {
    await this.#cluster.tsm(argv);
  }

  fault(name: FaultName, setting: string): Promise<void> {
    return Promise.resolve(this.#cluster.fault(name, setting));
  }

  /** Every connection to the node is lost. */
  cut(node: string): void {
    this.#cluster.cut(node);
  }

  clearFaults(): Promise<void> {
    return Promise.resolve(this.#cluster.clearFaults());
  }

  async mend(): Promise<void> {
    this.#cluster.clearFaults();
    await this.#cluster.tsm(["start"]);
  }

  begin(): void {
    this.strangers.clear();
    this.#ever.clear();
    for (const node of this.#cluster.nodes) for (const name of node.list(connectors)) this.#see(node.name, `${connectors}/${name}`);
  }

  tamper(name: string, fileName: string, how: "change" | "remove"): "done" | "no such file" {
    const node = this.#cluster.nodes.find((one) => one.name === name);
    const file = node?.get(`${connectors}/${fileName}`);
    if (file === undefined) return "no such file";
    if (how === "remove") {
      node?.remove(`${connectors}/${fileName}`);
      return "done";
    }
    const bytes = Buffer.concat([file.bytes, Buffer.from("x")]);
    this.packages.known.add(digestOf(bytes));
    node?.write(`${connectors}/${fileName}`, bytes);
    return "done";
  }

  emptyStores(): Promise<void> {
    const live = new Set(
      this.#cluster.nodes.flatMap((node) => node.list(connectors).map((name) => node.get(`${connectors}/${name}`)?.sha256)),
    );
    for (const node of this.#cluster.nodes) {
      for (const name of node.list(`${state}/store`)) if (!live.has(name.slice(0, 64))) node.remove(`${state}/store/${name}`);
    }
    return Promise.resolve();
  }

  now(): Promise<ServerNow> {
    const { record, nodes } = this.#cluster;
    return Promise.resolve({
      status: record.status,
      restarts: record.restarts,
      applied: record.applied,
      pending: record.pending,
      nodes: nodes.map((node) => ({
        live: node
          .list(connectors)
          .filter((name) => name.endsWith(".taco"))
          .map((name) => this.packages.nameOf(node.get(`${connectors}/${name}`)?.sha256 ?? "")),
        loaded: record.loaded.filter((one) => one.node === node.name).map((one) => `${one.class} ${one.pluginVersion}`),
        leftovers: node.list(connectors).filter((name) => !name.endsWith(".taco")),
        note: node.get(`${state}/restart-required`)?.bytes.toString() ?? "",
      })),
    });
  }

  lostFiles(): string[] {
    return this.#cluster.nodes.flatMap((node) => {
      const kept = new Set([
        ...node.list(connectors).map((name) => node.get(`${connectors}/${name}`)?.sha256),
        ...node.list(`${state}/store`).map((name) => node.get(`${state}/store/${name}`)?.sha256),
      ]);
      return [...(this.#ever.get(node.name) ?? [])].filter((digest) => !kept.has(digest)).map((digest) => `${node.name} ${digest}`);
    });
  }

  lockIsFree(): Promise<boolean> {
    return Promise.resolve(this.#cluster.nodes[0]?.lock === undefined);
  }

  #see(node: string, path: string): void {
    if (!path.startsWith(`${connectors}/`) || !path.endsWith(".taco")) return;
    const digest = this.#cluster.nodes.find(({ name }) => name === node)?.get(path)?.sha256 ?? "";
    if (!this.packages.known.has(digest)) this.strangers.add(`${node} ${path}`);
    this.#ever.set(node, (this.#ever.get(node) ?? new Set()).add(digest));
  }

  #newPool(interruption?: Interruption): PointPool {
    return new PointPool({
      ...(interruption === undefined ? {} : { interruption }),
      cut: (node) => this.#cluster.cut(node),
      hosts: ({ name }) => this.#host(name),
      lose: () => this.#cluster.cut(),
    });
  }

  #host(name: string): Host {
    const host = this.#hosts.get(name) ?? this.wrap(this.#cluster.host(name));
    this.#hosts.set(name, host);
    return host;
  }

  #newStack(resources: ReadonlyMap<string, ResourceState>): StackImitation {
    const silent = (): void => undefined;
    const { folder } = this.packages;
    const voice = { say: silent, warn: (_urn: string, sentence: string) => void this.warned.push(sentence), progress: silent };
    const stack = new StackImitation("dev", { pool: this.pool, voice, cacheDirectory: folder, trust: new TrustCache(folder) });
    for (const [urn, one] of resources) stack.resources.set(urn, one);
    return stack;
  }
}

/** The packages of a test, made once for all of its clusters. */
export class MemoryPackages {
  readonly folder = mkdtempSync(join(tmpdir(), "memory-"));
  readonly byDigest = new Map<string, { pluginClass: string; pluginVersion: string }>();
  readonly known = new Set<string>();
  readonly #paths = new Map<string, string>();

  /** @param content what every package holds besides, so that it travels in several chunks. */
  constructor(readonly content: Readonly<Record<string, Buffer>> = {}) {}

  path(pluginClass: string, pluginVersion: string): string {
    const key = `${pluginClass} ${pluginVersion}`;
    const path = this.#paths.get(key) ?? join(this.folder, pluginVersion, `${pluginClass}.taco`);
    if (this.#paths.has(key)) return path;
    mkdirSync(join(this.folder, pluginVersion), { recursive: true });
    writeFileSync(path, makeTaco({ class: pluginClass, pluginVersion, files: this.content }));
    const digest = digestOf(readFileSync(path));
    this.byDigest.set(digest, { pluginClass, pluginVersion });
    this.known.add(digest);
    this.#paths.set(key, path);
    return path;
  }

  nameOf(sha256: string): string {
    const found = this.byDigest.get(sha256);
    return found === undefined ? `unknown ${sha256}` : `${found.pluginClass} ${found.pluginVersion}`;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
