import { createHash } from "node:crypto";
import { TableauError } from "../../vocabulary/error";
import type { Host } from "../../host/host";
import { fetch, fetchFiles } from ".";

/** What fits into one record of an answer, in Base64: see answerLimits. */
export const largestFetched = 48 * 1024 * 1024;

/**
 * The bytes of a package in a node's store, verified.
 *
 * @throws TableauError digest-mismatch if the store does not hold them whole.
 */
export async function fetchPackage(host: Host, sha256: string, stateDirectory: string, timeoutSeconds: number): Promise<Buffer> {
  const path = `${stateDirectory}/store/${sha256}`;
  const files = await fetchFiles(host, fetch, { paths: [path], largest: largestFetched, total: largestFetched, timeoutSeconds });
  const size = files.large.get(path);
  if (size !== undefined) {
    throw new TableauError("source-unavailable", {
      node: host.node,
      message: `${path} has ${String(size)} bytes, and at most ${String(largestFetched)} (48 MB) are brought back by this command.`,
      next: "Copy that file from the node with scp, and list it in the program.",
    });
  }
  const bytes = files.bytes.get(path);
  if (bytes !== undefined && createHash("sha256").update(bytes).digest("hex") === sha256) return bytes;
  throw new TableauError("digest-mismatch", {
    node: host.node,
    message: `${path} is missing or damaged.`,
    next: "Take it from another node: `pulumi-tableau history` lists where it lies.",
  });
}
