import { printableLine } from "../../vocabulary/printable";
import type { CheckFailure } from "../lifecycle";
import { isUnknown } from "../../schema/unknown";
import { windowsNameProblem } from "../../vocabulary/windows-name";

/** Collects everything that is wrong with the inputs of a resource, each with its property path. */
export class Failures {
  readonly #list: CheckFailure[] = [];

  get list(): readonly CheckFailure[] {
    return this.#list;
  }

  add(property: string, reason: string): void {
    this.#list.push({ property, reason });
  }

  /** A text that may be absent; undefined too where it is unknown or wrong. */
  text(value: unknown, property: string): string | undefined {
    if (value === undefined || value === null || isUnknown(value)) return undefined;
    if (typeof value === "string" && value !== "") return this.#withoutNul(value, property);
    this.add(property, `expected a text, got ${describe(value)}`);
    return undefined;
  }

  requiredText(value: unknown, property: string): string | undefined {
    if (value === undefined || value === null) this.add(property, "is missing: expected a text");
    return this.text(value, property);
  }

  flag(value: unknown, property: string): void {
    if (value === undefined || value === null || isUnknown(value) || typeof value === "boolean") return;
    this.add(property, `expected true or false, got ${describe(value)}`);
  }

  /** A whole number of at least `least`. */
  number(value: unknown, property: string, least: number): void {
    if (value === undefined || value === null || isUnknown(value)) return;
    if (typeof value === "number" && Number.isInteger(value) && value >= least) return;
    this.add(property, `expected a whole number of at least ${String(least)}, got ${describe(value)}`);
  }

  oneOf(value: unknown, property: string, allowed: readonly string[]): void {
    if (value === undefined || value === null || isUnknown(value)) return;
    if (typeof value === "string" && allowed.includes(value)) return;
    this.add(property, `expected one of ${allowed.map((one) => JSON.stringify(one)).join(", ")}, got ${describe(value)}`);
  }

  /** An absolute path on a node, not the root itself. */
  absolutePath(value: unknown, property: string, system: "linux" | "windows" = "linux"): void {
    const path = this.text(value, property);
    if (path === undefined) return;
    if (system === "windows") {
      const problem = windowsPathProblem(path);
      if (problem !== null) this.add(property, `${problem}, got ${describe(path)}`);
      return;
    }
    if (!path.startsWith("/") || /^\/+$/.test(path)) {
      this.add(property, `expected an absolute path on the node such as "/opt/tableau/connectors", got ${describe(path)}`);
    }
    // tsm cannot take a line end, and its answers do not show a blank at an end.
    if (/[\r\n]/.test(path)) this.add(property, "has a line end in it, which tsm cannot take");
    else if (printableLine(path) !== path) {
      this.add(property, `expected a path without control characters and others that cannot be seen, got ${describe(path)}`);
    } else if (path !== path.trim()) this.add(property, `expected a path without a blank at its end, got ${describe(path)}`);
    if (path.split("/").includes("..")) this.add(property, `expected a path without "..", got ${describe(path)}`);
  }

  /** The object itself, or an empty one where it is absent, unknown or wrong. */
  object(value: unknown, property: string): Readonly<Record<string, unknown>> {
    if (value === undefined || value === null || isUnknown(value)) return {};
    if (typeof value === "object" && !Array.isArray(value)) return value as Record<string, unknown>;
    this.add(property, `expected an object, got ${describe(value)}`);
    return {};
  }

  /** The list itself, or an empty one where it is absent, unknown or wrong. */
  array(value: unknown, property: string): readonly unknown[] {
    if (value === undefined || value === null || isUnknown(value)) return [];
    if (Array.isArray(value)) return value;
    this.add(property, `expected a list, got ${describe(value)}`);
    return [];
  }

  #withoutNul(value: string, property: string): string | undefined {
    if (!value.includes("\0")) return value;
    this.add(property, "has a NUL character, which no file name and no command can hold");
    return undefined;
  }
}

function describe(value: unknown): string {
  if (value === "") return "an empty text";
  const text = JSON.stringify(value) as string | undefined;
  return text === undefined ? typeof value : text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** Why a text is no path of a folder or file on a Windows node, as the beginning of a sentence; null: it is one. */
export function windowsPathProblem(path: string): string | null {
  const [, rest] = /^[A-Za-z]:[\\/](.*)$/s.exec(path) ?? [];
  const names = (rest ?? "").split(/[\\/]+/).filter((name) => name !== "");
  if (names.length === 0) {
    return 'expected an absolute path on the node, with its drive, such as "C:\\\\Program Files\\\\Tableau\\\\Connectors"';
  }
  if (names.includes("..") || names.includes(".")) return 'expected a path without "." and ".."';
  // tsm.cmd is a batch file, which may take it for a variable.
  if (path.includes("%")) return "expected a path without a percent sign, which tsm.cmd cannot take";
  const problem = names.map(windowsNameProblem).find((one) => one !== null);
  return problem === undefined ? null : `expected a path that Windows can have: ${problem}`;
}
