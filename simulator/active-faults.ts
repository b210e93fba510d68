import type { FaultName } from "./faults";

/** The faults that are on now, with their settings. */
export class ActiveFaults {
  readonly #settings = new Map<FaultName, string>();

  set(name: FaultName, setting: string): void {
    this.#settings.set(name, setting);
  }

  delete(name: FaultName): void {
    this.#settings.delete(name);
  }

  get(name: FaultName): string | undefined {
    return this.#settings.get(name);
  }

  /** Whether the fault happens now. A setting "once" is used up by it. */
  strikes(name: FaultName): boolean {
    const setting = this.#settings.get(name);
    if (setting === "once") this.#settings.delete(name);
    return setting !== undefined;
  }

  /** Takes the first of a list off; undefined: there is none, or no more. */
  takeFirst(name: FaultName): string | undefined {
    const [first, ...rest] = this.#settings.get(name)?.split(",") ?? [];
    if (rest.length === 0) this.#settings.delete(name);
    else this.#settings.set(name, rest.join(","));
    return first;
  }

  entries(): [FaultName, string][] {
    return [...this.#settings];
  }
}
