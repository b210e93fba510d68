import { createHash } from "node:crypto";
import { unreadableAnswer } from "../../host/ask";
import type { Host } from "../../host/host";
import type { PackageIdentity } from "../../plan/seen";
import { type Fetch, fetchFiles } from ".";
import type { Identify } from "./identify";

/** A package larger than this is not looked into: https://tableau.github.io/connector-plugin-sdk names some megabytes. */
const largest = 8 * 1024 * 1024;

// Bytes with the same digest say the same of themselves, on every node and in every look of this process.
const known = new Map<string, PackageIdentity | null>();

/**
 * Says of package files on a node, by digest, which connector they hold. Costs a round trip only where there is one that
 * this process has not seen before.
 */
export async function identifyFiles(
  host: Host,
  files: readonly { readonly path: string; readonly sha256: string }[],
  identify: Identify,
  how: Fetch,
  timeoutSeconds: number,
): Promise<ReadonlyMap<string, PackageIdentity | null>> {
  let unknown = files.filter(({ sha256 }) => sha256 !== "" && !known.has(sha256));
  while (unknown.length > 0) {
    const paths = unknown.map(({ path }) => path);
    const { bytes, later } = await fetchFiles(host, how, { paths, largest, total: largest, timeoutSeconds });
    for (const content of bytes.values()) {
      const sha256 = createHash("sha256").update(content).digest("hex");
      // Only bytes that still are what was listed: a file may have changed since.
      if (unknown.some((file) => file.sha256 === sha256)) known.set(sha256, await identify.file(content));
    }
    if (later.length >= unknown.length) throw unreadableAnswer(host.node, "fetch", "it leaves every file for later");
    unknown = unknown.filter(({ path }) => later.includes(path));
  }
  return known;
}
