import { isObject } from "../vocabulary/is-object";
import type { Fields, Inputs, Kind } from "./field";
import { readFields, readOne } from "./read";

/** A text. The program gives none that is empty. */
export const text: Kind<string> = {
  is: "text",
  expected: "a text",
  read: (value, at, reading) => {
    if (typeof value !== "string" || (value === "" && reading.from === "program")) return reading.wrong(at, text, value);
    if (!value.includes("\0") || reading.from === "state") return value;
    reading.add(at, "has a NUL character, which no file name and no command can hold");
    return undefined;
  },
};

/** A text that may be empty. */
export const anyText: Kind<string> = {
  is: "text",
  expected: "a text",
  read: (value, at, reading) => (typeof value === "string" ? value : reading.wrong(at, anyText, value)),
};

/** A text of a form, whose failures say what it must be whatever else it is. */
export function form(expected: string, holds: (value: string) => boolean): Kind<string> {
  const kind: Kind<string> = {
    is: "text",
    expected,
    read: (value, at, reading) => {
      const isOne = typeof value === "string" && (reading.from === "state" || holds(value));
      return isOne ? value : reading.wrong(at, kind, value);
    },
  };
  return kind;
}

/** `true` or `false`. */
export const flag: Kind<boolean> = {
  is: "flag",
  expected: "true or false",
  read: (value, at, reading) => (typeof value === "boolean" ? value : reading.wrong(at, flag, value)),
};

/** Any number. */
export const number: Kind<number> = {
  is: "number",
  expected: "a number",
  read: (value, at, reading) => (typeof value === "number" ? value : reading.wrong(at, number, value)),
};

/** A whole number of at least so much. */
export function whole(least: number): Kind<number> {
  const kind: Kind<number> = {
    is: "number",
    expected: `a whole number of at least ${String(least)}`,
    read: (value, at, reading) => {
      const isOne = typeof value === "number" && (reading.from === "state" || (Number.isInteger(value) && value >= least));
      return isOne ? value : reading.wrong(at, kind, value);
    },
  };
  return kind;
}

/** One of a few words. */
export function word<const W extends string>(...words: readonly W[]): Kind<W> {
  const kind: Kind<W> = {
    is: "word",
    words,
    expected: `one of ${words.map((one) => JSON.stringify(one)).join(", ")}`,
    read: (value, at, reading) => words.find((one) => one === value) ?? reading.wrong(at, kind, value),
  };
  return kind;
}

/** Values of one kind. */
export function list<T>(of: Kind<T>, expected = "a list"): Kind<readonly T[]> {
  const kind: Kind<readonly T[]> = {
    is: "list",
    of,
    expected,
    read: (value, at, reading) => {
      if (!Array.isArray(value)) return reading.wrong(at, { expected: "a list" }, value);
      return value.map((one: unknown, i) => readOne({ kind: of, need: "required" }, one, `${at}[${String(i)}]`, reading)) as T[];
    },
  };
  return kind;
}

/** Values of one kind, by names that the program or the server chooses. */
export function byName<T>(of: Kind<T>): Kind<Readonly<Record<string, T>>> {
  const kind: Kind<Readonly<Record<string, T>>> = {
    is: "byName",
    of,
    expected: "an object",
    read: (value, at, reading) => {
      if (!isObject(value)) return reading.wrong(at, kind, value);
      const read = Object.entries(value).map(([name, one]) => [
        name,
        readOne({ kind: of, need: "optional" }, one, `${at}.${name}`, reading),
      ]);
      return Object.fromEntries(read.filter(([, one]) => one !== undefined)) as Record<string, T>;
    },
  };
  return kind;
}

/** An object of a table of its own; `name` is that of its interface in `provider/resources`. */
export function object<F extends Fields>(name: string, fields: F): Kind<Inputs<F>> {
  const kind: Kind<Inputs<F>> = {
    is: "object",
    name,
    fields,
    expected: "an object",
    read: (value, at, reading) => {
      if (!isObject(value)) return reading.wrong(at, kind, value);
      return readFields(fields, value, at, reading) as Inputs<F>;
    },
  };
  return kind;
}

/** Of outputs alone: null is a value. */
export function orNull<T>(of: Kind<T>): Kind<T | null> {
  return { is: "orNull", of, expected: of.expected, read: (value, at, reading) => (value === null ? null : of.read(value, at, reading)) };
}

/** Whatever the program gives. */
export const any: Kind = { is: "any", expected: "any value", read: (value) => value };

/** What this package itself wrote into the state, and reads as it wrote it. */
export function ours<T extends object>(): Kind<T> {
  const kind: Kind<T> = {
    is: "any",
    expected: "an object",
    read: (value, at, reading) => (isObject(value) ? (value as T) : reading.wrong(at, kind, value)),
  };
  return kind;
}
