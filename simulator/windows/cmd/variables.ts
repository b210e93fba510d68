/** Environment variables, found in whatever case. */
export class Variables {
  readonly #held = new Map<string, readonly [name: string, value: string]>();

  constructor(values: Readonly<Record<string, string>>) {
    for (const [name, value] of Object.entries(values)) this.set(name, value);
  }

  get(name: string): string | undefined {
    return this.#held.get(name.toUpperCase())?.[1];
  }

  /** An empty value removes it. */
  set(name: string, value: string): void {
    const key = name.toUpperCase();
    if (value === "") this.#held.delete(key);
    else this.#held.set(key, [this.#held.get(key)?.[0] ?? name, value]);
  }

  /** `NAME=value` of all whose name begins so, as `set NAME` lists them. */
  list(prefix: string): string[] {
    return [...this.#held]
      .filter(([key]) => key.startsWith(prefix.toUpperCase()))
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([, [name, value]]) => `${name}=${value}`);
  }
}
