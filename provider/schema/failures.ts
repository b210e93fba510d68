/** One thing that is wrong with the inputs of a resource. */
export interface CheckFailure {
  /** Path of the property in the program, such as `server.nodes[1].connection.host`. */
  readonly property: string;
  readonly reason: string;
}

/** Collects everything that is wrong with the inputs of a resource, each with its property path. */
export class Failures {
  readonly #list: CheckFailure[] = [];

  get list(): readonly CheckFailure[] {
    return this.#list;
  }

  /** Whether something is wrong with one of these properties. */
  has(...properties: readonly string[]): boolean {
    return this.#list.some(({ property }) => properties.includes(property));
  }

  add(property: string, reason: string): void {
    this.#list.push({ property, reason });
  }
}

/** A value for a failure, in few words. */
export function describe(value: unknown): string {
  if (value === "") return "an empty text";
  const text = JSON.stringify(value) as string | undefined;
  return text === undefined ? typeof value : text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
