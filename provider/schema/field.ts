import type { Unknown } from "./unknown";

/** Systems of nodes, which decide what a path is. */
export type System = "linux" | "windows";

/** One reading of a table's properties. */
export interface Reading {
  /** The program's are asked everything, may be unknown, and all that is wrong is collected. In state only shapes count. */
  readonly from: "program" | "state";
  readonly system: System;
  /** Something is wrong with the property at that path. */
  readonly add: (at: string, reason: string) => void;
  /** A value is of another kind. */
  readonly wrong: (at: string, kind: Pick<Kind, "expected">, value: unknown) => undefined;
}

/** What a value may be. It is walked by its `is`, and reads a value of that kind; undefined: it is none. */
export type Kind<T = unknown> = Walkable & {
  /** In words, as a failure has them. */
  readonly expected: string;
  readonly read: (value: unknown, at: string, reading: Reading) => T | undefined;
  /** Its value may be a secret, so no failure repeats it, whatever stands there. */
  readonly conceals?: true;
};

type Walkable =
  | { readonly is: "text" | "flag" | "number" | "any" }
  | { readonly is: "word"; readonly words: readonly string[] }
  | { readonly is: "list" | "byName" | "orNull"; readonly of: Kind }
  | { readonly is: "object"; readonly name: string; readonly fields: Fields };

/** What `check` asks of a value besides its kind. */
export interface Rule<T> {
  /** What it must be, for the documentation. */
  readonly says: string;
  /** Why a value is not, each for a failure; empty: it is. */
  reasons(value: T, system: System): readonly string[];
}

/**
 * Where a property of a resource comes from: `required` and `optional` ones are arguments of the program, `computed` ones are made by
 * `check` and known in preview, `output` ones are what an operation saw.
 */
export type Need = "required" | "optional" | "computed" | "output";

/** What this package knows of one argument or output: the row of a table. Data, so that documentation and schemas are made of it. */
export interface Field<T = unknown, N extends Need = Need> {
  readonly kind: Kind<T>;
  readonly need: N;
  /** What it means, as the documentation comment of the same name in `provider/resources` has it, without its last words on the default. */
  readonly says: string;
  /** What stands for it where the program gives none. */
  readonly default?: T;
  /** The same in words, where it is no value. */
  readonly otherwise?: string;
  readonly unit?: "seconds";
  /** The page of the documentation that says more, with its heading. */
  readonly see?: `docs/${string}.md${string}`;
  /** Its value is always a secret: it stands among the credentials in state, and no failure repeats it. */
  readonly secret?: true;
  /** Whether a preview can tell what will be done without it: for a new resource, for a change of one, or in any case. */
  readonly preview?: "needed" | "needed for a change";
  /** What else `check` asks of a value of that kind; what stands in state is not asked again. */
  readonly rules?: readonly Rule<T>[];
  /** It is required where that one, beside it, is given. */
  readonly neededWith?: string;
  /** The failure where it is missing, if it has words of its own. */
  readonly missing?: string;
  /** Where the program has it below the object that state has it in. */
  readonly path?: string;
  /** State has it, and programs and people have no use for it. */
  readonly hidden?: true;
}

/** A table: properties by their names, in the order in which they are documented and checked. */
export type Fields = Readonly<Record<string, Field>>;

type About<T> = Omit<Field<T>, "kind" | "need"> & { readonly need?: Need };
type NeedOf<A> = A extends { readonly need: infer N extends Need } ? N : "optional";
type DefaultOf<A> = A extends { readonly default: infer D } ? { readonly default: D } : unknown;

/** One row of a table. */
export function field<T, const A extends About<T>>(kind: Kind<T>, about: A): Field<T, NeedOf<A>> & DefaultOf<A> {
  return { need: "optional", ...about, kind } as Field<T, NeedOf<A>> & DefaultOf<A>;
}

/** The same fields where the program has them in an object of their own, and state does not. */
export function under<F extends Fields>(path: string, fields: F): F {
  return Object.fromEntries(Object.entries(fields).map(([name, one]) => [name, { ...one, path: `${path}.${name}` }])) as F;
}

type TypeOf<F> = F extends Field<infer T> ? T : never;
type Present<F extends Fields> = { [K in keyof F]: F[K]["need"] extends "required" | "computed" ? K : never }[keyof F];
type Flat<T> = { readonly [K in keyof T]: T[K] };

/** The properties that a table describes, typed; outputs are absent until an operation has seen them. */
export type Inputs<F extends Fields> = Flat<
  { readonly [K in Present<F>]: TypeOf<F[K]> } & { readonly [K in Exclude<keyof F, Present<F>>]?: TypeOf<F[K]> }
>;

/** A value while it is checked in a preview: what is missing or wrong is absent, and any part may be unknown. */
export type Draft<T> =
  | Unknown
  | (T extends readonly (infer E)[] ? readonly (Draft<E> | undefined)[] : T extends object ? { readonly [K in keyof T]?: Draft<T[K]> } : T);

/** The properties of a table while they are checked. */
export type Drafts<F extends Fields> = { readonly [K in keyof Inputs<F>]?: Draft<Inputs<F>[K]> };

type Defaults<F extends Fields> = { readonly [K in keyof F as F[K] extends { readonly default: unknown } ? K : never]: TypeOf<F[K]> };

/** What stands for the arguments of a table that a program does not give. */
export function defaultsOf<F extends Fields>(fields: F): Defaults<F> {
  const given = Object.entries(fields).filter(([, one]) => one.default !== undefined);
  return Object.fromEntries(given.map(([name, one]) => [name, one.default])) as Defaults<F>;
}

/** What stands for an argument that a program does not give, in words; null: nothing does. */
export function defaultInWords({ need, default: value, otherwise }: Field): string | null {
  if (need !== "optional") return null;
  return value === undefined ? (otherwise ?? null) : JSON.stringify(value);
}

/** All that is to be said of an argument or output, as its documentation comment says it. */
export function sentencesOf(one: Field): string {
  const words = defaultInWords(one);
  return words === null ? one.says : `${one.says} Default: ${words}.`;
}
