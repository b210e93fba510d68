import type { Properties } from "../lifecycle/lifecycle";
import { secretSignature, signatureKey } from "../schema/secret-output";
import { unknownValue } from "../schema/unknown";

/** What the engine sends for unknown values, by their type; a program's own SDK sends the first for all. */
const unknownValues: ReadonlySet<unknown> = new Set([
  unknownValue,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** Way from the properties to a value in them. */
export type Path = readonly (string | number)[];

/** Properties as the lifecycles take them, and where secrets were. */
export interface Unwrapped {
  readonly properties: Properties;
  readonly secrets: readonly Path[];
}

/** Arguments that say where something is: their secrets are leaves that have a name, and everything else stays readable. */
const places: readonly unknown[] = ["server", "machine"];
/** The names of those leaves. */
export const secretLeaves: readonly string[] = ["password", "privateKey", "privateKeyPassword"];

/** Takes the engine's wrapping from around secrets, and remembers where it was. */
export function unwrap(properties: Properties): Unwrapped {
  const secrets: Path[] = [];
  const open = (value: unknown, path: Path): unknown => {
    if (unknownValues.has(value)) return unknownValue;
    if (Array.isArray(value)) return value.map((item: unknown, index) => open(item, [...path, index]));
    if (typeof value !== "object" || value === null) return value;
    if ((value as Properties)[signatureKey] === secretSignature) {
      secrets.push(path);
      return open((value as Properties)["value"], path);
    }
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, open(item, [...path, key])]));
  };
  return { properties: open(properties, []) as Properties, secrets };
}

/**
 * Wraps the values that were secret, and each password and key of a server or machine whether it was or not. A whole server that is secret
 * becomes one with secrets in it, so that a changed host can be read in a diff.
 */
export function wrap(properties: Properties, secrets: readonly Path[]): Properties {
  const marked = new Set(secrets.map((path) => JSON.stringify(path)));
  const close = (value: unknown, path: Path): unknown => {
    const name = path.at(-1);
    const isInPlace = places.includes(path[0]);
    const isBranch = typeof value === "object" && value !== null;
    const isSecretLeaf = isInPlace && !isBranch && value !== undefined && typeof name === "string" && secretLeaves.includes(name);
    if (isSecretLeaf || (marked.has(JSON.stringify(path)) && !(isInPlace && isBranch))) return { [signatureKey]: secretSignature, value };
    if (Array.isArray(value)) return value.map((item: unknown, index) => close(item, [...path, index]));
    if (!isBranch) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, close(item, [...path, key])]));
  };
  return close(properties, []) as Properties;
}
