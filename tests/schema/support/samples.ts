import { certificate } from "../../../provider/schema/certificate";
import { config } from "../../../provider/schema/config";
import { connector } from "../../../provider/schema/connector";
import { desktopConnector } from "../../../provider/schema/desktop-connector";
import { desktopLauncher } from "../../../provider/schema/desktop-launcher";
import { driver } from "../../../provider/schema/driver";
import { type Field, type Fields, type Kind } from "../../../provider/schema/field";

/** What `check` is given of every resource, but for the credentials, by the resource's name. */
export const given: readonly (readonly [string, Fields])[] = [
  connector,
  driver,
  certificate,
  config,
  desktopConnector,
  desktopLauncher,
].map(({ name, given: table }) => [name, Object.fromEntries(Object.entries(table as Fields).filter(([, { hidden }]) => hidden !== true))]);

/** Values that are right for a rule. */
const byRule: Readonly<Record<string, unknown>> = {
  "64 lower-case hexadecimal digits": "a".repeat(64),
  'a release such as "2024.2"': "2024.2",
  "a host name or address": "h1",
  "an absolute path on the node": "/srv/x",
  'an absolute path on the machine, or one that begins with "~/"': "~/x",
  "at most 65535": 22,
  "1 to 128 lower-case letters, digits, blanks and ._()-, the first a letter or digit": "corporate ca",
  'a local time such as "22:00"': "22:00",
  'an IANA time zone such as "Europe/Berlin"': "UTC",
};

/** A value for every argument of a table. */
export function sampleOf(fields: Fields): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([name, one]) => [name, sample(one)]));
}

function sample({ kind, rules = [] }: Pick<Field, "kind" | "rules">): unknown {
  const known = [kind.expected, ...rules.map(({ says }) => says)].find((says) => says in byRule);
  return known === undefined ? sampleOfKind(kind) : byRule[known];
}

function sampleOfKind(kind: Kind): unknown {
  switch (kind.is) {
    case "text":
      return "a text";
    case "flag":
      return true;
    case "number":
      return 5;
    case "word":
      return kind.words[0];
    case "list":
      return [sample({ kind: kind.of })];
    case "byName":
      return { one: sample({ kind: kind.of }) };
    case "object":
      return sampleOf(kind.fields);
    case "orNull":
      return null;
    case "any":
      return [1];
  }
}

/** One argument, however deep. */
export interface Place {
  /** Where it is in what `check` is given. */
  readonly path: readonly (string | number)[];
  /** Where a program has it. */
  readonly property: string;
  readonly kind: Kind;
  readonly need: Field["need"];
  /** A failure of it does not repeat it. */
  readonly secret?: true;
}

/** Every argument of a table, with those of the objects and lists in it. */
export function placesOf(fields: Fields, path: readonly (string | number)[] = [], at = ""): Place[] {
  return Object.entries(fields).flatMap(([name, one]) => {
    const property = `${at === "" ? "" : `${at}.`}${one.path ?? name}`;
    const secret = one.secret === true ? { secret: one.secret } : {};
    const need = one.neededWith === undefined ? one.need : "required";
    const own: Place = { path: [...path, name], property, kind: one.kind, need, ...secret };
    return [own, ...within(one.kind, own.path, property)];
  });
}

function within(kind: Kind, path: readonly (string | number)[], property: string): Place[] {
  if (kind.is === "object") return placesOf(kind.fields, path, property);
  if (kind.is !== "list" || kind.expected.includes('"sun"')) return [];
  const own: Place = { path: [...path, 0], property: `${property}[0]`, kind: kind.of, need: "required" };
  return [own, ...within(kind.of, own.path, own.property)];
}

/** The value with another one at a place; `undefined` takes it away. */
export function replaced(value: unknown, [key = "", ...rest]: readonly (string | number)[], by: unknown): unknown {
  const copy: unknown = Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) };
  const inner = (value as Record<string | number, unknown>)[key];
  (copy as Record<string | number, unknown>)[key] = rest.length === 0 ? by : replaced(inner, rest, by);
  return copy;
}

export function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<string | number, unknown> | undefined)?.[key], value);
}
