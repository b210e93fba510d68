import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { changeRecord } from "../../../provider/deploy/change-record";
import { toTarget } from "../../../provider/lifecycle/inputs/to-target";
import type { Services } from "../../../provider/lifecycle/services";
import { TrustCache } from "../../../provider/lifecycle/trust/trust-cache";
import type { ClusterOptions } from "../../../simulator";
import { StackImitation, World, type Program, type ResourceState } from "../../scenarios/support";
import { PointPool, type Interruption } from "./point-pool";
import { digestOf, digestOfFile, filesOf, LiveWatch } from "./watch-live";

interface Deployed {
  /** Class and version of every connector, as the server shows them. */
  readonly loaded: readonly string[];
  readonly program: Program;
}

/** A cluster of three nodes with one stack on it, whose provider can be killed and started again as often as one likes. */
export class Bench {
  readonly watch: LiveWatch;
  pool: PointPool;
  stack: StackImitation;
  readonly said: string[] = [];
  /** Hears of each point, to do something at a certain moment. */
  onPoint: ((label: string) => void) | undefined;
  /** Under way while a node goes down. */
  rebooting: Promise<void> | undefined;
  /** Of the programs, in seconds. */
  timeouts = { command: 30, restart: 30, ready: 20 };
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

  /** The program that lists these classes with these versions, and how it looks when it is live. */
  wanted(versions: Readonly<Record<string, string>>, config: Program["config"] = {}): Deployed {
    const listed = Object.entries(versions);
    const program = this.world.program(Object.fromEntries(listed.map(([name, version]) => [name, this.package(name, version)])), {
      timeouts: this.timeouts,
      ...config,
    });
    return { program, loaded: listed.map(([name, version]) => `${name}_jdbc ${version}`).sort() };
  }

  /** Path of a package of three chunks. */
  package(name: string, version: string): string {
    const key = `${name}_jdbc ${version}`;
    const path = this.#paths.get(key) ?? this.world.package(`${name}_jdbc`, version, { files: { "big.bin": noise(key, 70_000) } });
    if (!this.#paths.has(key)) {
      const bytes = readFileSync(path);
      this.#paths.set(key, path);
      this.#digests.set(key, digestOf(bytes));
      this.watch.know(bytes);
    }
    return path;
  }

  /** Starts the provider anew; the engine's state stays. */
  restartProvider(interruption?: Interruption): void {
    this.pool.close();
    this.pool = this.#newPool(interruption);
    this.stack = this.#newStack(this.stack.resources);
  }

  /** What is in no live folder leaves the stores too, so that it has to be delivered again. */
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

  /** `pulumi-tableau retry`. */
  async retry(): Promise<void> {
    const config = this.stack.get("config");
    if (config === undefined) return;
    const silent = { step: () => undefined, warn: () => undefined };
    await changeRecord(toTarget(this.pool, config.outs), "retry", silent, (record) =>
      record?.rolledBack ? { ...record, rolledBack: null } : null,
    );
  }

  /** Digests that were live since `watch.begin()` and are now neither live nor in the store of their node. */
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
  async differences(wanted: readonly string[], flag: "true" | "false" | "any"): Promise<string[]> {
    const { world } = this;
    const state = await world.cluster.state();
    const found: string[] = [];
    if (state.status !== "RUNNING") found.push(`the server is ${state.status}`);
    const digests = wanted.map((key) => this.#digests.get(key)).sort();
    for (const [i, files] of (await world.live()).entries()) {
      if (JSON.stringify(Object.values(files).sort()) !== JSON.stringify(digests)) found.push(`node${i + 1} has ${JSON.stringify(files)}`);
    }
    for (const [i, loaded] of (await world.loaded()).entries()) {
      if (JSON.stringify(loaded) !== JSON.stringify(wanted)) found.push(`node${i + 1} loaded ${loaded.join(", ")}`);
    }
    const value = state.applied["native_api.disable_verify_connector_plugin_signature"] ?? "false";
    if (flag !== "any" && value !== flag) found.push(`the flag is ${value}`);
    const ours = Object.keys(state.pending).filter((key) => key.startsWith("native_api."));
    if (ours.length > 0) found.push(`pending of ours: ${ours.join(", ")}`);
    found.push(...(await world.leftovers()).map((path) => `left over: ${path}`));
    const note = world.cluster.nodePath("node1", `${world.cluster.paths.state}/restart-required`);
    if (existsSync(note)) found.push(`the note of a due restart is still there: ${readFileSync(note, "utf8").trim()}`);
    return found;
  }

  /** Class and version of a package, by its digest. */
  nameOf(sha256: string): string {
    return [...this.#digests].find(([, digest]) => digest === sha256)?.[0] ?? `unknown ${sha256}`;
  }

  /** Whether somebody holds the server's lock. */
  async lockIsFree(): Promise<boolean> {
    const lock = `${this.world.cluster.paths.state}/lock`;
    return (await this.world.cluster.run("node1", `[ ! -e ${lock} ] || flock -n ${lock} true`)).status === 0;
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
