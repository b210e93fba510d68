import { createHash } from "node:crypto";
import { TableauError } from "../error";
import type { Host } from "../host/host";
import { fetchScript } from "./scripts/fetch";
import { fetchForm } from "./windows/fetch";

/** What fits into one record of an answer, in Base64: see answerLimits. */
const largest = 48 * 1024 * 1024;

/**
 * The bytes of a package in a node's store, verified.
 *
 * @throws TableauError digest-mismatch if the store does not hold them whole.
 */
export async function fetchPackage(host: Host, sha256: string, stateDirectory: string, timeoutSeconds: number): Promise<Buffer> {
  const path = `${stateDirectory}/store/${sha256}`;
  const { records } = await host.run({
    name: "fetch",
    text: fetchScript,
    windows: fetchForm,
    args: [String(largest), path],
    as: "privileged",
    timeoutSeconds,
  });
  const large = records.find(([key]) => key === "large");
  if (large !== undefined) {
    throw new TableauError("source-unavailable", {
      node: host.node,
      message: `${path} has ${large[2] ?? "too many"} bytes, and at most ${String(largest)} (48 MB) are brought back by this command.`,
      next: "Copy that file from the node with scp, and list it in the program.",
    });
  }
  const [, , base64 = ""] = records.find(([key]) => key === "bytes") ?? [];
  const bytes = Buffer.from(base64, "base64");
  if (createHash("sha256").update(bytes).digest("hex") === sha256) return bytes;
  throw new TableauError("digest-mismatch", {
    node: host.node,
    message: `${path} is missing or damaged.`,
    next: "Take it from another node: `pulumi-tableau history` lists where it lies.",
  });
}
