/**
 * Where the sections of each name start. Of some hundred thousand names all but a few have one section: that is kept as a number, since
 * an array for each would take more memory than the names.
 */
export class SectionStarts {
  readonly #starts = new Map<string, number | number[]>();

  add(name: string, start: number): void {
    const same = this.#starts.get(name);
    if (typeof same === "object") {
      same.push(start);
    } else {
      this.#starts.set(name, same === undefined ? start : [same, start]);
    }
  }

  get(name: string): readonly number[] | undefined {
    const starts = this.#starts.get(name);
    return typeof starts === "number" ? [starts] : starts;
  }

  *[Symbol.iterator](): Generator<readonly [name: string, starts: readonly number[]]> {
    for (const [name, starts] of this.#starts) {
      yield [name, typeof starts === "number" ? [starts] : starts];
    }
  }
}
