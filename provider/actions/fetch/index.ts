import { asked, bytes, count } from "../../host/fields";
import type { Host } from "../../host/host";
import { last, many } from "../../host/reply";
import { action, perform } from "../action";
import { arg } from "../arguments";
import { folders } from "../files/folders";
import script from "./linux.sh";
import { onWindows } from "./windows";

/** Sends the bytes of files of a node: no others than asked for, and no more. */
export const fetch = action({
  name: "fetch",
  as: "privileged",
  args: {
    /** A larger file is left out. */
    largest: arg.int,
    /** No more bytes in one answer: the files after that are left for another. At least `largest`. */
    total: arg.int,
    paths: arg.rest(arg.path),
  },
  linux: folders + script,
  windows: onWindows,
  reply: ({ largest, paths }) => {
    const path = asked(paths);
    return {
      missing: many(paths.length, { path }, ["path"]),
      large: many(paths.length, { path, size: count(Number.MAX_SAFE_INTEGER) }, ["path"]),
      later: many(paths.length, { path }, ["path"]),
      bytes: many(paths.length, { path, content: bytes(largest) }, ["path"]),
      end: last(),
    };
  },
  // In base64, and some more for everything else.
  mostHeld: ({ total }) => Math.ceil((total * 4) / 3) + 1024 * 1024,
});

/** How files are fetched: from a server's node, or from a person's machine. */
export type Fetch = typeof fetch;

export interface FilesQuestion {
  readonly paths: readonly string[];
  readonly largest: number;
  readonly total: number;
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

/** Fetches the bytes of files of a node. */
export async function fetchFiles(host: Host, how: Fetch, { timeoutSeconds, ...files }: FilesQuestion): Promise<FetchedFiles> {
  const { lines } = await perform(host, how, files, { timeoutSeconds });
  return {
    bytes: new Map(lines.bytes.map((line) => [line.path, line.content])),
    large: new Map(lines.large.map((line) => [line.path, line.size])),
    later: lines.later.map((line) => line.path),
  };
}
