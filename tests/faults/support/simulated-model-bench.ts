import { appendFileSync, existsSync, readFileSync } from "node:fs";
import type { Program, StackImitation } from "../../scenarios/support";
import { Bench } from "./bench";
import type { ModelBench, ServerNow } from "./model";
import type { Interruption, PointPool } from "./point-pool";

/** The simulated cluster as the model wants it. */
export class SimulatedModelBench implements ModelBench {
  readonly #bench: Bench;

  private constructor(bench: Bench) {
    this.#bench = bench;
  }

  static async start(): Promise<SimulatedModelBench> {
    return new SimulatedModelBench(await Bench.start({ nodes: 2 }));
  }

  get pool(): PointPool {
    return this.#bench.pool;
  }

  get stack(): StackImitation {
    return this.#bench.stack;
  }

  get strangers(): ReadonlySet<string> {
    return this.#bench.watch.strangers;
  }

  restartProvider(interruption?: Interruption): void {
    this.#bench.restartProvider(interruption);
  }

  program(versions: Readonly<Record<string, string>>, config: Readonly<Record<string, unknown>>): Program {
    return this.#bench.wanted(versions, config).program;
  }

  async retry(): Promise<void> {
    await this.#bench.retry();
  }

  async tsm(argv: readonly string[]): Promise<void> {
    await this.#bench.world.cluster.tsm(argv);
  }

  async fault(...[name, setting]: Parameters<ModelBench["fault"]>): Promise<void> {
    await this.#bench.world.cluster.fault(name, setting);
  }

  async mend(): Promise<void> {
    await this.#bench.world.cluster.clearFaults();
    await this.#bench.world.cluster.startServer();
  }

  begin(): void {
    this.#bench.watch.begin();
  }

  tamper(fileName: string): "done" | "no such file" {
    const path = this.#bench.world.livePath("node2", fileName);
    if (!existsSync(path) || fileName === ".taco") return "no such file";
    appendFileSync(path, "x");
    this.#bench.watch.know(readFileSync(path));
    return "done";
  }

  async now(): Promise<ServerNow> {
    const { world } = this.#bench;
    this.#bench.watch.look();
    const state = await world.cluster.state();
    const [live, loaded, leftovers] = [await world.live(), await world.loaded(), await world.leftovers()];
    const note = world.cluster.nodePath("node1", `${world.cluster.paths.state}/restart-required`);
    return {
      status: state.status,
      restarts: state.restarts,
      applied: state.applied,
      pending: state.pending,
      nodes: live.map((files, i) => ({
        live: Object.values(files).map((sha256) => this.#bench.nameOf(sha256)),
        loaded: loaded[i] ?? [],
        leftovers: i === 0 ? leftovers : [],
        note: i === 0 && existsSync(note) ? readFileSync(note, "utf8") : "",
      })),
    };
  }

  lostFiles(): readonly string[] {
    return this.#bench.lostFiles();
  }

  async lockIsFree(): Promise<boolean> {
    return await this.#bench.lockIsFree();
  }

  async stop(): Promise<void> {
    await this.#bench.stop();
  }
}
