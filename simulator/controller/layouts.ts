import type { Switches } from "../switches";
import { Random } from "./random";

/** One thing with named fields, such as a job or a pending key. */
export type Fields = readonly (readonly [name: string, value: string])[];

export interface PendingEntry {
  readonly key: string;
  readonly value: string;
  /** Whether applying it restarts the server. */
  readonly restart: "needed" | "not-needed";
}

/** The lines of the pending list. Values are printed in clear, as the real list does. */
export function pendingLines(entries: readonly PendingEntry[], switches: Switches): string[] {
  const note = ({ restart }: PendingEntry): string => (restart === "needed" ? "" : " (no restart required)");
  switch (switches.pendingLayout) {
    case "key-first":
      return entries.map((entry) => `${entry.key}: ${entry.value}${note(entry)}`);
    case "value-first":
      return entries.map((entry) => `${entry.value} = ${entry.key}${note(entry)}`);
    case "table":
      return table(entries.map(fieldsOf));
    case "two-line":
      return entries.flatMap((entry) => [`Key: ${entry.key}${note(entry)}`, `Value: ${entry.value}`]);
    case "bullets":
      return entries.map((entry) => `  * ${entry.key} will be changed to ${entry.value}${note(entry)}`);
    case "json":
      return [JSON.stringify(Object.fromEntries(entries.map(({ key, value }) => [key, value])))];
    case "quoted":
      return entries.map((entry) => `"${entry.key}" "${entry.value}"${note(entry)}`);
    case "random":
      return randomLines(entries.map(fieldsOf), switches.seed);
  }
}

function fieldsOf(entry: PendingEntry): Fields {
  return [
    ["Key", entry.key],
    ["Value", entry.value],
    ["Restart", entry.restart === "needed" ? "yes" : "no"],
  ];
}

/** Things in one of the layouts in which tsm might list them. */
export function listing(things: readonly Fields[], layout: "table" | "lines" | "blocks" | "json" | "random", seed: string): string[] {
  switch (layout) {
    case "table":
      return table(things);
    case "lines":
      return things.map((fields) => fields.map(([, value]) => value).join(" "));
    case "blocks":
      return things.flatMap((fields) => [...fields.map(([name, value]) => `${name}: ${value}`), ""]);
    case "json":
      return JSON.stringify(
        things.map((fields) => Object.fromEntries(fields)),
        undefined,
        2,
      ).split("\n");
    case "random":
      return randomLines(things, seed);
  }
}

function table(things: readonly Fields[]): string[] {
  const names = things[0]?.map(([name]) => name) ?? [];
  const rows = [names, ...things.map((fields) => fields.map(([, value]) => value))];
  const widths = names.map((_, column) => rows.reduce((widest, row) => Math.max(widest, row[column]?.length ?? 0), 0));
  const text = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd();
  return [text(names), widths.map((width) => "-".repeat(width)).join("  "), ...rows.slice(1).map(text)];
}

// A layout that nobody has thought of: drawn order, separators, brackets, names and line breaks.
function randomLines(things: readonly Fields[], seed: string): string[] {
  const random = new Random(seed);
  const order = random.below(2) === 0 ? (fields: Fields): Fields => fields : (fields: Fields): Fields => [...fields].reverse();
  const separator = random.pick([" ", "\t", ", ", " | ", ";", " -> "]);
  const [open, close] = random.pick([
    ["", ""],
    ["[", "]"],
    ["'", "'"],
    ["<", ">"],
    ['"', '"'],
  ]);
  const names = random.pick(["none", "equals", "colon"]);
  const broken = random.below(3) === 0;
  const cell = ([name, value]: readonly [string, string]): string =>
    [names === "none" ? "" : name + (names === "equals" ? "=" : ": "), open, value, close].join("");
  const heading = random.below(2) === 0 ? [] : [random.pick(["The following was found:", "====", "#"])];
  return [...heading, ...things.flatMap((fields) => (broken ? order(fields).map(cell) : [order(fields).map(cell).join(separator)]))];
}
