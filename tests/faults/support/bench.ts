import { appendFileSync, existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { changeRecord } from "../../../provider/activation/change-record";
import { toTarget } from "../../../provider/lifecycle/server/to-target";
import { parse } from "../../../provider/schema/read";
import { onServer } from "../../../provider/schema/server";
import type { Services } from "../../../provider/lifecycle/services";
import { TrustCache } from "../../../provider/lifecycle/trust/trust-cache";
import type { ClusterOptions, FaultName } from "../../../simulator";
import { StackImitation, World, type Program, type ResourceState } from "../../scenarios/support";
import { differencesOf } from "./differences";
import type { FaultBench, ServerNow } from "./fault-bench";
import { PointPool, type Interruption } from "./point-pool";
import { digestOf, digestOfFile, filesOf, LiveWatch } from "./watch-live";

/** What a program gives, in seconds. */
export const usualTimeouts = { command: 30, restart: 30, ready: 20 };

/** A simulated cluster of three nodes. */
export class Bench implements FaultBench {
  readonly watch: LiveWatch;
  pool: PointPool;
  stack: StackImitation;
  readonly said: string[] = [];
  /** Hears of each point, to do something at a certain moment. */
  onPoint: ((label: string) => void) | undefined;
  /** Under way while a node goes down. */
  rebooting: Promise<void> | undefined;
  timeouts = usualTimeouts;
  readonly #digests = new Map<string, string>();
  readonly #paths = new Map<string, string>();

  private constructor(readonly world: World) {
    this.watch = new LiveWatch(world);
    this.pool = this.#newPool();
    this.stack = this.#newStack(new Map());
    world.cluster.onCall(({ node, argv }) => this.pool.call(node, argv));
  }

  static async start(options: Omit<Partial<ClusterOptions>, "directory"> = {}): Promise<Bench> {
    return new Bench(await World.start({ nodes: 3, ...options }));
  }

  async stop(): Promise<void> {
    this.watch.stop();
    this.pool.close();
    await this.world.stop();
  }

  program(versions: Readonly<Record<string, string>>, config: Readonly<Record<string, unknown>> = {}): Program {
    const sources = Object.entries(versions).map(([name, version]) => [name, this.package(name, version)] as const);
    return this.world.program(Object.fromEntries(sources), { timeouts: this.timeouts, ...config });
  }

  /** Path of a package of three chunks. */
  package(name: string, version: string): string {
    const key = `${name}_jdbc ${version}`;
    const files = { "big.bin": noise(key, 70_000) };
    // One that loads only where somebody has the server trust its authority.
    const signed = name === "strange" ? { signed: "untrusted" as const } : {};
    const path = this.#paths.get(key) ?? this.world.package(`${name}_jdbc`, version, { files, ...signed });
    if (!this.#paths.has(key)) {
      const bytes = readFileSync(path);
      this.#paths.set(key, path);
      this.#digests.set(key, digestOf(bytes));
      this.watch.know(bytes);
    }
    return path;
  }

  restartProvider(interruption?: Interruption): void {
    this.pool.close();
    this.pool = this.#newPool(interruption);
    this.stack = this.#newStack(this.stack.resources);
  }

  async emptyStores(): Promise<void> {
    const live = new Set((await this.world.live()).flatMap((files) => Object.values(files)));
    for (const folder of this.stores()) {
      for (const file of filesOf(folder)) if (!live.has(file.slice(0, 64))) rmSync(join(folder, file), { force: true, recursive: true });
    }
  }

  stores(): string[] {
    const { cluster } = this.world;
    return cluster.nodes.map(({ name }) => cluster.nodePath(name, `${cluster.paths.state}/store`));
  }

  async retry(): Promise<void> {
    const config = this.stack.get("config");
    if (config === undefined) return;
    const silent = { step: () => undefined, warn: () => undefined };
    await changeRecord(toTarget(this.pool, parse(onServer, config.outs)), "retry", silent, (record) =>
      record?.rolledBack ? { ...record, rolledBack: null } : null,
    );
  }

  lostFiles(): string[] {
    const { cluster } = this.world;
    return cluster.nodes.flatMap(({ name }) => {
      const live = cluster.nodePath(name, cluster.paths.connectors);
      const store = cluster.nodePath(name, `${cluster.paths.state}/store`);
      const kept = new Set([
        ...filesOf(live).flatMap((file) => digestOfFile(join(live, file)) ?? []),
        ...filesOf(store).flatMap((file) => (file.length === 64 ? (digestOfFile(join(store, file)) ?? []) : [])),
      ]);
      return [...(this.watch.ever.get(name) ?? [])].filter((digest) => !kept.has(digest)).map((digest) => `${name} ${digest.slice(0, 12)}`);
    });
  }

  /** What differs from the wanted state, in words; empty: nothing. */
  async differences(wanted: readonly string[], flags: readonly string[]): Promise<string[]> {
    return differencesOf(await this.now(), wanted, flags);
  }

  async now(): Promise<ServerNow> {
    const { world } = this;
    this.watch.look();
    const { status, restarts, applied, pending } = await world.cluster.state();
    const [live, loaded, leftovers] = [await world.live(), await world.loaded(), await world.leftovers()];
    const note = world.cluster.nodePath("node1", `${world.cluster.paths.state}/restart-required`);
    const nodes = live.map((files, i) => ({
      live: Object.values(files).map((sha256) => this.#nameOf(sha256)),
      loaded: loaded[i] ?? [],
      leftovers: i === 0 ? leftovers : [],
      note: i === 0 && existsSync(note) ? readFileSync(note, "utf8") : "",
    }));
    return { status, restarts, applied, pending, nodes };
  }

  get strangers(): ReadonlySet<string> {
    return this.watch.strangers;
  }

  begin(): void {
    this.watch.begin();
  }

  async tsm(argv: readonly string[]): Promise<void> {
    await this.world.cluster.tsm(argv);
  }

  async fault(name: FaultName, setting: string): Promise<void> {
    await this.world.cluster.fault(name, setting);
  }

  async clearFaults(): Promise<void> {
    await this.world.cluster.clearFaults();
  }

  async mend(): Promise<void> {
    await this.clearFaults();
    await this.world.cluster.startServer();
  }

  tamper(node: string, fileName: string, how: "change" | "remove"): "done" | "no such file" {
    const path = this.world.livePath(node, fileName);
    if (!existsSync(path)) return "no such file";
    if (how === "remove") rmSync(path);
    else {
      appendFileSync(path, "x");
      this.watch.know(readFileSync(path));
    }
    return "done";
  }

  async lockIsFree(): Promise<boolean> {
    const { cluster } = this.world;
    const lock = `${cluster.paths.state}/lock`;
    if (!existsSync(cluster.nodePath("node1", lock))) return true;
    // On Windows, who can open it for writing could hold it.
    const probe = cluster.server.platform === "windows" ? `(echo free)9>"${lock.replaceAll("/", "\\")}"` : `flock -n ${lock} true`;
    return (await cluster.run("node1", probe)).status === 0;
  }

  #nameOf(sha256: string): string {
    return [...this.#digests].find(([, digest]) => digest === sha256)?.[0] ?? `unknown ${sha256}`;
  }

  #newPool(interruption?: Interruption): PointPool {
    return new PointPool({
      ...(interruption === undefined ? {} : { interruption }),
      cut: (node) => this.world.cluster.cutConnections(node),
      at: (label) => {
        this.watch.look();
        this.onPoint?.(label);
      },
    });
  }

  /** What a lifecycle needs, with the provider's connections of now. */
  services(): Services {
    const note = (_urn: string, sentence: string): void => void this.said.push(sentence);
    const { folder } = this.world;
    return { pool: this.pool, voice: { say: note, warn: note, progress: note }, cacheDirectory: folder, trust: new TrustCache(folder) };
  }

  #newStack(resources: ReadonlyMap<string, ResourceState>): StackImitation {
    const stack = new StackImitation("dev", this.services());
    for (const [urn, state] of resources) stack.resources.set(urn, state);
    return stack;
  }
}

// Bytes that do not shrink, and that are the same in every run.
function noise(seed: string, size: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(size / 32) }, (_, i) => Buffer.from(digestOf(Buffer.from(`${seed} ${i}`)), "hex"));
  return Buffer.concat(blocks).subarray(0, size);
}
