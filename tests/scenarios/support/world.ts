import { TrustCache } from "../../../provider/lifecycle/trust/trust-cache";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Voice } from "../../../provider/lifecycle/lifecycle";
import { makeTaco, startCluster, type Cluster, type ClusterOptions, type ClusterState, type TacoOptions } from "../../../simulator";
import { StackImitation } from "./engine";
import type { Program } from "./program";
import { RecordingPool, type RanScript } from "./recording-pool";

/** Scripts that change nothing; tsm scripts are judged by the simulator's own list of calls. */
const lookingScripts = new Set(["observe", "observe-trust", "fetch", "trust", "hold-lock", "tsm"]);

/** A delivery that finds every package in the store has only looked. */
const isLooking = ({ name, answered = [] }: RanScript): boolean =>
  lookingScripts.has(name) || (name === "deliver" && answered.length > 0 && answered.every((key) => key === "wants"));

/** First words of tsm calls that change nothing. */
const lookingCalls = [
  "version",
  "status",
  "topology list-nodes",
  "configuration get",
  "pending-changes list",
  "jobs list",
  "jobs reconnect",
];

/** What one step of a test cost. */
export interface Cost {
  readonly restarts: number;
  readonly applies: number;
  /** tsm calls that change something, in their order, without their options. */
  readonly calls: readonly string[];
  /** Scripts that change something, as `node name`. */
  readonly scripts: readonly string[];
}

/** A simulated cluster and stacks that work on it, with the real lifecycle code over the real hosts, in one process. */
export class World {
  pool: RecordingPool;
  /** Everything that was said, warned and reported, in its order. */
  readonly said: string[] = [];
  readonly stacks = new Map<string, StackImitation>();
  #packages = 0;

  private constructor(
    readonly cluster: Cluster,
    readonly folder: string,
  ) {
    this.pool = new RecordingPool();
  }

  static async start(options: Omit<Partial<ClusterOptions>, "directory"> = {}): Promise<World> {
    const folder = mkdtempSync(join(tmpdir(), "world-"));
    mkdirSync(join(folder, "packages"));
    const cluster = await startCluster({
      transport: "builtin",
      nodes: 2,
      jobMilliseconds: 2,
      directory: join(folder, "cluster"),
      ...options,
    });
    return new World(cluster, folder);
  }

  async stop(): Promise<void> {
    this.pool.close();
    await this.cluster.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  stack(name = "dev"): StackImitation {
    const stack = this.stacks.get(name) ?? this.#newStack(name);
    this.stacks.set(name, stack);
    return stack;
  }

  /** Goes on as another process does: with connections of its own, which hear what the nodes say of themselves by now. */
  reconnect(): void {
    this.pool.close();
    this.pool = new RecordingPool();
    for (const [name, { resources }] of this.stacks) {
      const fresh = this.#newStack(name);
      for (const [urn, state] of resources) fresh.resources.set(urn, state);
      this.stacks.set(name, fresh);
    }
  }

  #newStack(name: string): StackImitation {
    const services = { pool: this.pool, voice: this.#voice(), cacheDirectory: this.folder, trust: new TrustCache(this.folder) };
    return new StackImitation(name, services);
  }

  /** Writes a package into a folder of its own and gives its path. */
  package(pluginClass: string, pluginVersion: string, options: Partial<TacoOptions> & { readonly fileName?: string } = {}): string {
    const { fileName = `${pluginClass}.taco`, ...rest } = options;
    const folder = join(this.folder, "packages", String(this.#packages++));
    mkdirSync(folder);
    writeFileSync(join(folder, fileName), makeTaco({ class: pluginClass, pluginVersion, ...rest }));
    return join(folder, fileName);
  }

  /** A program for this cluster. `connectors` maps names to paths of packages. */
  program(connectors: Readonly<Record<string, string>>, config: Program["config"] = {}): Program {
    return {
      server: this.cluster.server,
      connectors: Object.fromEntries(Object.entries(connectors).map(([name, source]) => [name, { source }])),
      config,
    };
  }

  /** Runs a step and tells what it cost on the cluster. */
  async cost(step: () => Promise<unknown>): Promise<Cost> {
    const before = await this.cluster.state();
    const position = this.pool.ran.length;
    await step();
    const after = await this.cluster.state();
    return {
      restarts: after.restarts - before.restarts,
      applies: after.applies - before.applies,
      calls: changingCalls(after.calls.slice(before.calls.length)),
      scripts: this.pool.ran
        .slice(position)
        .filter((script) => !isLooking(script))
        .map(({ node, name }) => `${node} ${name}`),
    };
  }

  /** An `up` of the stack dev that has to succeed, and what it cost. */
  async up(program: Program): Promise<Cost> {
    return await this.cost(() => succeed(this.stack(), program));
  }

  /** Classes and versions that each node's server has loaded. */
  async loaded(): Promise<string[][]> {
    const { nodes } = await this.cluster.state();
    return nodes.map(({ loaded }) => [...new Set(loaded.map((one) => `${one.class} ${one.pluginVersion}`))].sort());
  }

  /** Names and digests of the live files of each node. */
  async live(): Promise<Record<string, string>[]> {
    const { nodes } = await this.cluster.state();
    const folder = `${this.cluster.paths.connectors}/`;
    return nodes.map(({ files }) => {
      const live = files.filter(({ path }) => path.startsWith(folder) && path.endsWith(".taco"));
      return Object.fromEntries(live.map(({ path, sha256 }) => [path.slice(folder.length), sha256]));
    });
  }

  /** Temporary files in the connectors folders, which Tableau does not read. */
  async leftovers(): Promise<string[]> {
    const { nodes } = await this.cluster.state();
    const folder = `${this.cluster.paths.connectors}/`;
    return nodes.flatMap(({ files }) => files.map(({ path }) => path).filter((path) => path.startsWith(folder) && !path.endsWith(".taco")));
  }

  /** Where a live file of a node is on this machine. */
  livePath(node: string, fileName: string): string {
    return this.cluster.nodePath(node, `${this.cluster.paths.connectors}/${fileName}`);
  }

  #voice(): Voice {
    const note = (_urn: string, sentence: string): void => void this.said.push(sentence);
    return { say: note, warn: note, progress: note };
  }
}

/** Tells that nothing was changed. */
export const nothing: Cost = { restarts: 0, applies: 0, calls: [], scripts: [] };

function changingCalls(calls: ClusterState["calls"]): string[] {
  return calls
    .filter(({ pid }) => pid > 0)
    .map(({ argv }) => argv.slice(0, argv.findIndex((word) => word.startsWith("-")) >>> 0).join(" "))
    .filter((words) => !lookingCalls.some((known) => words.startsWith(known)));
}

async function succeed(stack: StackImitation, program: Program): Promise<void> {
  expect(await stack.up(program)).toMatchObject({ errors: [] });
}
