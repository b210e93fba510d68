import { createHash } from "node:crypto";
import type { Host, Script } from "../host/host";
import type { PackageIdentity } from "../plan/seen";
import type { Identify } from "./identify";
import { fetchForm } from "./windows/fetch";

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
  fetch: Pick<Script, "text" | "as">,
  timeoutSeconds: number,
): Promise<ReadonlyMap<string, PackageIdentity | null>> {
  const unknown = files.filter(({ sha256 }) => sha256 !== "" && !known.has(sha256));
  if (unknown.length === 0) return known;
  const args = [String(largest), ...unknown.map(({ path }) => path)];
  const answer = await host.run({ name: "fetch", windows: fetchForm, args, timeoutSeconds, ...fetch });
  for (const [key, , base64] of answer.records) {
    if (key !== "bytes" || base64 === undefined) continue;
    const bytes = Buffer.from(base64, "base64");
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    // Only bytes that still are what was listed: a file may have changed since.
    if (unknown.some((file) => file.sha256 === sha256)) known.set(sha256, await identify.file(bytes));
  }
  return known;
}
