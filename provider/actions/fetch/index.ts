import { ask } from "../../host/ask";
import { asked, bytes, count } from "../../host/fields";
import type { Host, RunAs } from "../../host/host";
import { last, many } from "../../host/reply";
import { fetchForm } from "./windows";

export interface FilesQuestion {
  readonly paths: readonly string[];
  /** A larger file is left out. */
  readonly largest: number;
  /** No more bytes in one answer: the files after that are left for another. At least `largest`. */
  readonly total: number;
  /** The script that does it: on a server, or on a machine of a person. */
  readonly linux: string;
  readonly as: RunAs;
  readonly timeoutSeconds: number;
}

export interface FetchedFiles {
  /** By path. What is missing or too large is not among them. */
  readonly bytes: ReadonlyMap<string, Buffer>;
  /** Size of what is too large, by path. */
  readonly large: ReadonlyMap<string, number>;
  /** Paths to ask for once more. */
  readonly later: readonly string[];
}

/** Fetches the bytes of files of a node: no others than asked for, and no more. */
export async function fetchFiles(host: Host, { paths, largest, total, linux, as, timeoutSeconds }: FilesQuestion): Promise<FetchedFiles> {
  const path = asked(paths);
  const { lines } = await ask(host, {
    name: "fetch",
    linux,
    windows: fetchForm,
    args: [String(largest), String(total), ...paths],
    reply: {
      missing: many(paths.length, { path }, ["path"]),
      large: many(paths.length, { path, size: count(Number.MAX_SAFE_INTEGER) }, ["path"]),
      later: many(paths.length, { path }, ["path"]),
      bytes: many(paths.length, { path, content: bytes(largest) }, ["path"]),
      end: last(),
    },
    // In base64, and some more for everything else.
    mostHeld: Math.ceil((total * 4) / 3) + 1024 * 1024,
    as,
    timeoutSeconds,
  });
  return {
    bytes: new Map(lines.bytes.map((line) => [line.path, line.content])),
    large: new Map(lines.large.map((line) => [line.path, line.size])),
    later: lines.later.map((line) => line.path),
  };
}
