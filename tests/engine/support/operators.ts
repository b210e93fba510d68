import { Operator, type Performance } from "./operator";
import type { OperationRequest } from "./protocol";

interface Kept {
  readonly operator: Operator;
  /** Only for operations in this folder with this environment. */
  readonly place: string;
}

const all = new Set<Operators>();

// Also those of a backend that nobody removes. Benchmarks load this without jest, and have no stack of it.
if ("afterAll" in globalThis) {
  afterAll(() => {
    for (const operators of all) operators.end();
  });
}

/** The operators of a backend. An operation gets one that has nothing to do, else a new one, so several run at the same time. */
export class Operators {
  readonly #kept = new Set<Kept>();

  constructor() {
    all.add(this);
  }

  perform(request: OperationRequest, environment: NodeJS.ProcessEnv, onOutput?: (text: string) => void): Performance {
    const kept = this.#take(request.directory, environment);
    const forget = (): void => {
      if (kept.operator.state === "ended") this.#kept.delete(kept);
    };
    forget();
    const performance = kept.operator.perform(request, onOutput);
    performance.end.then(forget, forget);
    return performance;
  }

  /** Lets their processes end. */
  end(): void {
    for (const { operator } of this.#kept) operator.end();
    this.#kept.clear();
  }

  #take(directory: string, environment: NodeJS.ProcessEnv): Kept {
    const place = JSON.stringify([directory, environment]);
    const free = [...this.#kept].find((kept) => kept.place === place && kept.operator.state !== "busy");
    if (free !== undefined) return free;
    const kept = { operator: new Operator(directory, environment), place };
    this.#kept.add(kept);
    return kept;
  }
}
