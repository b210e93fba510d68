/** A value of a program that is written, whatever its language. */
export type Value =
  | { readonly kind: "scalar"; readonly value: string | number | boolean }
  /** A secret in the stack's configuration. */
  | { readonly kind: "secret"; readonly key: string }
  | { readonly kind: "list"; readonly items: readonly Value[] }
  /** With names of our own, which each language spells in its way. */
  | { readonly kind: "object"; readonly fields: readonly Entry[] }
  /** With names from outside, which stay as they are. */
  | { readonly kind: "map"; readonly entries: readonly Entry[]; readonly notes: readonly string[] };

export interface Entry {
  readonly name: string;
  readonly value: Value;
  /** Sentences that stand above it. */
  readonly notes?: readonly string[];
}

export function scalar(value: string | number | boolean): Value {
  return { kind: "scalar", value };
}

/** An object of what is there. */
export function object(fields: Readonly<Record<string, Value | undefined>>): Value {
  return {
    kind: "object",
    fields: Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }])),
  };
}
