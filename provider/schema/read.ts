import { TableauError } from "../vocabulary/error";
import { describe, type Failures } from "./failures";
import type { Drafts, Field, Fields, Inputs } from "./field";
import type { Kind } from "./kinds";
import { hasUnknown, isUnknown } from "./unknown";

/** Plain JSON, as it stands in Pulumi's state. What a preview does not know yet is `unknownValue`. */
export type Properties = Readonly<Record<string, unknown>>;

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

interface Place {
  /** Path of the properties in the program. */
  readonly at?: string;
  readonly system?: System;
}

/**
 * Parses the arguments that a program gives: the typed draft of what is right and known, while everything that is wrong is a failure with
 * its path. It never throws, whatever stands there.
 */
export function check<F extends Fields>(fields: F, given: unknown, failures: Failures, place: Place = {}): Drafts<F> {
  const { at = "", system = "linux" } = place;
  const add = (path: string, reason: string): void => failures.add(path, reason);
  return readFields(fields, asObject(given), at, { from: "program", system, add, wrong: wrongBy(add) }) as Drafts<F>;
}

/**
 * Reads properties that have been through `check`, in this run or by an earlier version: those of an operation, or of the state. A value of
 * another shape is left out, and so is what a preview does not know yet.
 *
 * @throws TableauError state-unreadable where one is not there that `check` always leaves there.
 */
export function parse<F extends Fields>(fields: F, properties: Properties): Inputs<F> {
  const lost: string[] = [];
  const reading: Reading = { from: "state", system: "linux", add: (at) => void lost.push(at), wrong: () => undefined };
  const inputs = readFields(fields, properties, "", reading);
  if (lost.length === 0) return inputs as Inputs<F>;
  throw new TableauError("state-unreadable", {
    message: `The state of this resource cannot be read: ${lost.join(", ")} missing or of another kind.`,
    next: "Bring back the state that Pulumi wrote, with `pulumi stack import`.",
  });
}

/** The typed properties of a draft; null where one that is required is missing or wrong, or any part of them is not known yet. */
export function ifKnown<F extends Fields>(fields: F, draft: unknown): Inputs<F> | null {
  if (hasUnknown(draft)) return null;
  const lost: string[] = [];
  const reading: Reading = { from: "state", system: "linux", add: (at) => void lost.push(at), wrong: () => undefined };
  const inputs = readFields(fields, asObject(draft), "", reading);
  return lost.length === 0 ? (inputs as Inputs<F>) : null;
}

/** The properties of a table that are there and are what they must be. */
export function readFields(fields: Fields, properties: Properties, at: string, reading: Reading): Properties {
  const read = Object.entries(fields).flatMap(([name, one]) => {
    // What is computed is nobody's argument, and credentials are asked where their place in the program is known.
    if (reading.from === "program" && (isMadeByUs(one) || one.hidden === true)) return [];
    const isNeeded = one.neededWith !== undefined && isThere(properties[one.neededWith]);
    const value = readOne(isNeeded ? { ...one, need: "required" } : one, properties[name], join(at, one.path ?? name), reading);
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(read);
}

/** One value; undefined where it is absent or wrong. */
export function readOne(one: OneToRead, value: unknown, at: string, reading: Reading): unknown {
  if (!isThere(value) && !(value === null && one.kind.is === "orNull")) return absent(one, at, reading);
  if (reading.from === "state") return readKept(one, value, at, reading);
  if (isUnknown(value)) return value;
  const read = one.kind.read(value, at, one.secret === true ? withoutValues(reading) : reading);
  if (read === undefined) return undefined;
  for (const rule of one.rules ?? []) for (const reason of rule.reasons(read, reading.system)) reading.add(at, reason);
  return read;
}

type OneToRead = Pick<Field, "kind" | "need" | "missing" | "rules" | "secret" | "default">;

// What is of another shape is left out; an argument that has lost a part of it is no argument any more, and never silently another one.
function readKept(one: OneToRead, value: unknown, at: string, reading: Reading): unknown {
  const lost: string[] = [];
  const read = one.kind.read(value, at, { ...reading, add: (path) => void lost.push(path) });
  if (read === undefined || (lost.length > 0 && isMadeByUs(one))) return absent(one, at, reading);
  for (const path of lost) reading.add(path, "");
  return read;
}

function absent(one: OneToRead, at: string, reading: Reading): unknown {
  if (one.need === "computed" && one.default !== undefined) return one.default;
  if (one.need === "required" || one.need === "computed") reading.add(at, one.missing ?? `is missing: expected ${one.kind.expected}`);
  return undefined;
}

function isMadeByUs({ need }: Pick<Field, "need">): boolean {
  return need === "computed" || need === "output";
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null;
}

// A failure never repeats a secret.
function withoutValues(reading: Reading): Reading {
  const wrong: Reading["wrong"] = (at, { expected }) => {
    reading.add(at, `expected ${expected}`);
    return undefined;
  };
  return { ...reading, wrong };
}

function wrongBy(add: Reading["add"]): Reading["wrong"] {
  return (at, { expected }, value) => {
    add(at, `expected ${expected}, got ${describe(value)}`);
    return undefined;
  };
}

function join(at: string, name: string): string {
  return at === "" ? name : `${at}.${name}`;
}

function asObject(value: unknown): Properties {
  return typeof value === "object" && value !== null ? (value as Properties) : {};
}
