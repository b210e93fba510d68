import { isObject } from "../vocabulary/is-object";
import type { Properties } from "../lifecycle/lifecycle";

export type Difference = "add" | "delete" | "update";

/** What differs between two sets of inputs, by its path as Pulumi writes it: `live.node2["clickhouse_jdbc.taco"]`. */
export function compareInputs(olds: Properties, news: Properties): ReadonlyMap<string, Difference> {
  const found = new Map<string, Difference>();
  compare(olds, news, "", found);
  return found;
}

function compare(old: unknown, now: unknown, path: string, found: Map<string, Difference>): void {
  if (isAbsent(old) && isAbsent(now)) return;
  if (isAbsent(old)) return void found.set(path, "add");
  if (isAbsent(now)) return void found.set(path, "delete");
  if (Array.isArray(old) && Array.isArray(now)) {
    const length = Math.max(old.length, now.length);
    for (let i = 0; i < length; i += 1) compare(old[i], now[i], `${path}[${String(i)}]`, found);
    return;
  }
  if (isObject(old) && isObject(now)) {
    for (const key of new Set([...Object.keys(old), ...Object.keys(now)])) compare(old[key], now[key], join(path, key), found);
    return;
  }
  if (old !== now) found.set(path, "update");
}

function join(path: string, key: string): string {
  if (!/^[A-Za-z_$][\w$-]*$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === "" ? key : `${path}.${key}`;
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}
