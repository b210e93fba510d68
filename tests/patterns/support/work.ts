import { Session, type Profiler } from "node:inspector";

/**
 * Counts how often the code of some files runs, by V8's own count of each block: with `node --no-opt` the same for the same input, however
 * busy the machine is. What V8 does inside of a pattern or a function of its own is not in it.
 */
export class WorkCounter {
  readonly #session = new Session();

  /** @param place a part of the paths of files whose runs count, such as "/provider/". */
  constructor(readonly place: string) {
    this.#session.connect();
    this.#session.post("Profiler.enable");
    this.#session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  }

  /** How many runs of blocks a piece of work takes. */
  async count(work: () => unknown): Promise<number> {
    this.#taken();
    await work();
    return this.#taken()
      .filter(({ url }) => url.includes(this.place))
      .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges.map(({ count }) => count)))
      .reduce((sum, count) => sum + count, 0);
  }

  stop(): void {
    this.#session.post("Profiler.stopPreciseCoverage");
    this.#session.disconnect();
  }

  #taken(): readonly Profiler.ScriptCoverage[] {
    let taken: readonly Profiler.ScriptCoverage[] = [];
    this.#session.post("Profiler.takePreciseCoverage", (error, { result }) => {
      if (error !== null) throw error;
      taken = result;
    });
    return taken;
  }
}
