import type { FoundConnector, FoundDriver, FoundSet, LeftOut } from "../../lifecycle/adopt/find-set";
import { windowsNameProblem } from "../../vocabulary/windows-name";
import { object, scalar, type Entry, type Value } from "./value";

/** Connectors and drivers as a program lists them, and the files that it needs. */
export interface DescribedSet {
  readonly connectors: Value;
  readonly drivers: Value | undefined;
  /** By their path below the program's folder. */
  readonly files: ReadonlyMap<string, Buffer>;
}

/** Describes what was found; no name that a node gave becomes part of a path here but a plain one. */
export function describeSet({ connectors, drivers, leftOut }: FoundSet): DescribedSet {
  const files = new Map<string, Buffer>();
  const keys = new Set<string>();
  const listed = connectors.map((one) => connectorEntry(one, files, keys));
  const jars = drivers.map((one) => driverEntry(one, files, keys));
  const notes = leftOut.flatMap((one) => leftOutNotes(one, files));
  return {
    connectors: { kind: "map", entries: listed, notes },
    drivers: jars.length === 0 ? undefined : { kind: "map", entries: jars, notes: [] },
    files,
  };
}

function connectorEntry({ fileName, taco, bytes, refusals }: FoundConnector, files: Map<string, Buffer>, keys: Set<string>): Entry {
  const source = put(fileName, taco.sha256, bytes, files);
  const isUnsigned = refusals.length > 0;
  return {
    name: keyOf(taco.pluginClass, "connector", keys),
    notes: isUnsigned ? [`Its signature is not accepted, so it cannot be required: ${refusals.join(" ")}`] : [],
    value: object({
      source: scalar(source),
      sha256: scalar(taco.sha256),
      fileName: source.endsWith(`/${fileName}`) ? undefined : scalar(fileName),
      requireSignature: isUnsigned ? scalar(false) : undefined,
    }),
  };
}

function driverEntry({ fileName, sha256, bytes }: FoundDriver, files: Map<string, Buffer>, keys: Set<string>): Entry {
  const source = put(fileName, sha256, bytes, files);
  return {
    name: keyOf(fileName.replace(/\.jar$/, ""), "driver", keys),
    value: object({
      source: scalar(source),
      sha256: scalar(sha256),
      fileName: source.endsWith(`/${fileName}`) ? undefined : scalar(fileName),
    }),
  };
}

function leftOutNotes({ fileName, kind, why, choices }: LeftOut, files: Map<string, Buffer>): string[] {
  const sources = [...choices].map(([sha256, bytes]) => put("", sha256, bytes, files, ".taco"));
  const chosen = sources.length === 0 ? "" : ` Fetched to choose from: ${sources.join(", ")}.`;
  return [`Not listed: ${fileName}. ${why}${kind === "decide" ? chosen : ""}`];
}

// Its own name where that is a plain one and nothing else has it yet, else its digest.
function put(fileName: string, sha256: string, bytes: Buffer, files: Map<string, Buffer>, ending = endingOf(fileName)): string {
  const own = `connectors/${fileName}`;
  const isPlain = /^[A-Za-z0-9][A-Za-z0-9._-]{0,120}$/.test(fileName) && windowsNameProblem(fileName) === null;
  const isTaken = [...files.keys()].some((path) => path.toLowerCase() === own.toLowerCase());
  const path = isPlain && !isTaken ? own : `connectors/${sha256.slice(0, 16)}${ending}`;
  files.set(path, bytes);
  return path;
}

function endingOf(fileName: string): string {
  return fileName.endsWith(".jar") ? ".jar" : ".taco";
}

// It becomes part of a resource's name.
function keyOf(wanted: string, otherwise: string, keys: Set<string>): string {
  const base = /^[A-Za-z][A-Za-z0-9_.-]{0,60}$/.test(wanted) ? wanted : otherwise;
  let key = base;
  for (let number = 2; keys.has(key); number += 1) key = `${base}${String(number)}`;
  keys.add(key);
  return key;
}
