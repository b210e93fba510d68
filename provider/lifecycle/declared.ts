import { stackOf } from "./stack-of";

/** One resource of a program, as far as it says where it works. */
export interface Declaration {
  readonly urn: string;
  /** Texts that two resources have in common if they work on the same thing; what a preview does not know yet is left out. */
  readonly places: readonly string[];
  /** The same of its last state; empty: it is new. */
  readonly earlierPlaces: readonly string[];
}

/**
 * The resources of one kind that a program declares.
 *
 * The engine asks `check` of every resource of the program, in one provider process for each operation, before it creates or updates
 * that resource; what is in the state alone is never checked. So whoever is named here is in the program, and one that is not may
 * still come.
 */
export class Declared {
  readonly #declarations = new Map<string, Declaration>();

  /** Takes a resource down, and gives the first other one of its stack that works on the same thing. */
  declare(declaration: Declaration): Declaration | null {
    const { urn, places } = declaration;
    if (urn === "") return null;
    this.#declarations.set(urn, declaration);
    return this.#others(urn).find((other) => shared(other.places, places).length > 0) ?? null;
  }

  /** Another resource of the program that works on one of these things; null: none. */
  at(urn: string, places: readonly string[]): string | null {
    return this.#others(urn).find((other) => shared(other.places, places).length > 0)?.urn ?? null;
  }

  /** Other resources of the program that stay where they were, whatever the address is under which they work there. */
  staying(urn: string): string[] {
    return this.#others(urn)
      .filter(({ places, earlierPlaces }) => earlierPlaces.length === 0 || shared(places, earlierPlaces).length > 0)
      .map((other) => other.urn);
  }

  #others(urn: string): Declaration[] {
    return [...this.#declarations.values()].filter((other) => other.urn !== urn && stackOf(other.urn) === stackOf(urn));
  }
}

/** What two resources have in common. */
export function shared(some: readonly string[], others: readonly string[]): string[] {
  return some.filter((place) => others.includes(place));
}

/** Names of two resources for people: the last parts of their URNs where these differ. */
export function namesOf(urn: string, other: string): [string, string] {
  const [name, otherName] = [lastPart(urn), lastPart(other)];
  return name === otherName ? [urn, other] : [name, otherName];
}

function lastPart(urn: string): string {
  return JSON.stringify(urn.split("::").at(-1) ?? urn);
}
