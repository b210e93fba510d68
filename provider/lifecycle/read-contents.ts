import { createHash } from "node:crypto";
import { fetch, fetchFiles } from "../actions/fetch";
import { largestFetched } from "../actions/fetch/fetch-package";
import type { Target } from "../activation/target";
import type { Host } from "../host/host";
import type { SeenPackage } from "../plan/seen";

/** A node, and the files on it that somebody wants to look into. */
export interface FilesOfNode {
  readonly host: Host;
  readonly packages: readonly SeenPackage[];
}

/**
 * The bytes of files on nodes, by their digests: each once, from the first node that has it. What is too large, or has changed
 * since it was listed, is left out.
 */
export async function readContents(target: Target, nodes: readonly FilesOfNode[]): Promise<ReadonlyMap<string, Buffer>> {
  const contents = new Map<string, Buffer>();
  for (const { host, packages } of nodes) {
    const files = packages.filter(({ form, sha256 }) => form !== "folder" && sha256 !== null && !contents.has(sha256));
    const wanted = new Set(files.map(({ sha256 }) => sha256));
    let paths = [...new Set(files.map(({ directory, fileName }) => `${directory}/${fileName}`))];
    while (paths.length > 0) {
      const question = { paths, largest: largestFetched, total: largestFetched, timeoutSeconds: target.timeouts.command };
      const { bytes, later } = await fetchFiles(host, fetch, question);
      for (const content of bytes.values()) {
        const sha256 = createHash("sha256").update(content).digest("hex");
        // Only bytes that still are what was listed.
        if (wanted.has(sha256)) contents.set(sha256, content);
      }
      paths = later.length < paths.length ? [...later] : [];
    }
  }
  return contents;
}
