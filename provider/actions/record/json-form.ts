import type { Field } from "../../host/fields";
import { printableLine } from "../../vocabulary/printable";

/** What a value of JSON may be: gives what it means, typed, or throws. `at` is its place in the whole, for an error. */
export type JsonForm<T> = (value: unknown, at: string) => T;

/** A value of JSON that is not what it must be. Its message is the end of a sentence. */
export class WrongJson extends Error {
  constructor(at: string, expected: string, found: string) {
    super(`${at === "" ? "it" : at} is ${found}, expected ${expected}`);
  }
}

/** A text that is what a field of an answer may be. */
export function text<T>(field: Field<T>): JsonForm<T> {
  return (value, at) => {
    const read = typeof value === "string" ? field.read([value]) : undefined;
    if (read !== undefined) return read;
    const found = typeof value === "string" && field.shows === "length" ? `${String(value.length)} characters long` : shown(value);
    throw new WrongJson(at, field.expected, found);
  };
}

/** A number; what is too large for one is read as infinite, and none. */
export function number(least: number, most: number): JsonForm<number> {
  return (value, at) => {
    if (typeof value === "number" && value >= least && value <= most) return value;
    throw new WrongJson(at, `a number from ${String(least)} to ${String(most)}`, shown(value));
  };
}

/** `true` or `false`. */
export function flag(value: unknown, at: string): boolean {
  if (typeof value === "boolean") return value;
  throw new WrongJson(at, "true or false", shown(value));
}

/** Just this. */
export function exactly<const T extends string | number>(only: T): JsonForm<T> {
  return (value, at) => {
    if (value === only) return only;
    throw new WrongJson(at, JSON.stringify(only), shown(value));
  };
}

/** The same, or null. */
export function orNull<T>(form: JsonForm<T>): JsonForm<T | null> {
  return (value, at) => (value === null ? null : form(value, at));
}

/** So many values at most, each the same. */
export function list<T>(most: number, form: JsonForm<T>): JsonForm<readonly T[]> {
  return (value, at) => {
    if (!Array.isArray(value)) throw new WrongJson(at, "a list", shown(value));
    if (value.length > most) throw new WrongJson(at, `a list of at most ${String(most)}`, shown(value));
    return value.map((item, i) => form(item, `${at}[${String(i)}]`));
  };
}

/** So many values at most, each the same, by names that are all of one form. */
export function byName<T>(most: number, name: Field<string>, form: JsonForm<T>): JsonForm<Readonly<Record<string, T>>> {
  return (value, at) => {
    const entries = entriesOf(value, at);
    if (entries.length > most) throw new WrongJson(at, `at most ${String(most)} names`, shown(value));
    return Object.fromEntries(
      entries.map(([key, item]) => {
        const read = name.read([key]);
        if (read === undefined) throw new WrongJson(`a name in ${at}`, name.expected, shown(key));
        return [read, form(item, `${at}[${shown(key)}]`)];
      }),
    );
  };
}

type Forms = Readonly<Record<string, JsonForm<unknown>>>;
type Values<F extends Forms> = { readonly [K in keyof F]: F[K] extends JsonForm<infer T> ? T : never };

/**
 * An object with these properties. Any others are kept as they are: a later version may have written them, and this one does
 * nothing with them.
 */
export function object<R extends Forms, O extends Forms>(required: R, optional: O): JsonForm<Values<R> & Partial<Values<O>>> {
  const forms = new Map([...Object.entries(required), ...Object.entries(optional)]);
  return (value, at) => {
    const below = at === "" ? "" : `${at}.`;
    const read = Object.fromEntries(
      entriesOf(value, at).map(([name, item]) => [name, forms.has(name) ? forms.get(name)?.(item, `${below}${name}`) : item]),
    );
    const missing = Object.keys(required).find((name) => !Object.hasOwn(read, name));
    if (missing !== undefined) throw new WrongJson(`${below}${missing}`, "a value", "missing");
    return read as Values<R> & Partial<Values<O>>;
  };
}

// An own property of this name loses its meaning where anybody copies it by an assignment: nothing of ours is called so.
function entriesOf(value: unknown, at: string): [string, unknown][] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new WrongJson(at, "an object", shown(value));
  return Object.entries(value).filter(([name]) => name !== "__proto__");
}

function shown(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(printableLine(value.slice(0, 80)));
  if (Array.isArray(value)) return `a list of ${String(value.length)}`;
  if (typeof value === "object" && value !== null) return `an object with ${String(Object.keys(value).length)} names`;
  return String(value);
}

/**
 * Whether a text of JSON has lists and objects within each other to a greater depth. Told before it is parsed: what is written
 * out again, or compared, is walked by functions that call themselves.
 */
export function isNestedDeeper(json: string, most: number): boolean {
  let depth = 0;
  let inText = false;
  for (let i = 0; i < json.length; i += 1) {
    const character = json[i];
    if (inText) {
      if (character === "\\") i += 1;
      else if (character === '"') inText = false;
    } else if (character === '"') inText = true;
    else if (character === "{" || character === "[") {
      depth += 1;
      if (depth > most) return true;
    } else if (character === "}" || character === "]") depth -= 1;
  }
  return false;
}
