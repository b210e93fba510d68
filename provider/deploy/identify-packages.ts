import { createHash } from "node:crypto";

import type { Host } from "../host/host";
import type { PackageIdentity, SeenNode } from "../plan/seen";
import type { Identify } from "./identify";
import type { Observation } from "./read-observation";
import { fetchScript } from "./scripts/fetch";

/** A package larger than this is not looked into: https://tableau.github.io/connector-plugin-sdk names some megabytes. */
const largest = 8 * 1024 * 1024;

// Bytes with the same digest say the same of themselves, on every node and in every look of this process.
const known = new Map<string, PackageIdentity | null>();

/**
 * Says of each package that is not one of `expected` (by digest) which connector it holds, so that duplicates of a class
 * are found. Costs a round trip only where there is a package that this process has not seen before.
 */
export async function identifyPackages(
  host: Host,
  observation: Observation,
  expected: ReadonlySet<string>,
  identify: Identify,
  timeoutSeconds: number,
): Promise<SeenNode> {
  const { node, manifests } = observation;
  const strangers = node.packages.filter(({ form, sha256 }) => form !== "folder" && sha256 !== null && !expected.has(sha256));
  await learn(
    host,
    strangers.filter(({ sha256 }) => sha256 !== null && !known.has(sha256)).map(({ directory, fileName }) => `${directory}/${fileName}`),
    strangers.map(({ sha256 }) => sha256 ?? ""),
    identify,
    timeoutSeconds,
  );
  return {
    ...node,
    packages: node.packages.map((found) => {
      if (found.form === "folder")
        return { ...found, identity: identify.manifest(manifests.get(`${found.directory}/${found.fileName}`) ?? "") };
      return found.sha256 === null || expected.has(found.sha256) ? found : { ...found, identity: known.get(found.sha256) ?? null };
    }),
  };
}

async function learn(host: Host, paths: string[], digests: readonly string[], identify: Identify, timeoutSeconds: number): Promise<void> {
  if (paths.length === 0) return;
  const answer = await host.run({ name: "fetch", text: fetchScript, args: [String(largest), ...paths], as: "privileged", timeoutSeconds });
  for (const [key, , base64] of answer.records) {
    if (key !== "bytes" || base64 === undefined) continue;
    const bytes = Buffer.from(base64, "base64");
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    // Only bytes that still are what was listed: a file may have changed since.
    if (digests.includes(sha256)) known.set(sha256, await identify.file(bytes));
  }
}
