/** The latest results of a pure computation, by their keys: a process that verifies many packages meets the same certificates in all of them. */
export class Recent<Value> {
  readonly #values = new Map<string, Value>();

  /** @param most so many are kept. */
  constructor(readonly most: number) {}

  /** The value that is kept under a key, or a new one. What `compute` throws is thrown, and nothing is kept. */
  get(key: string, compute: () => Value): Value {
    const value = this.#values.get(key) ?? compute();
    this.#values.delete(key);
    this.#values.set(key, value);
    const [oldest] = this.#values.keys();
    if (this.#values.size > this.most && oldest !== undefined) this.#values.delete(oldest);
    return value;
  }
}
