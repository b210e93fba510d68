import { createHash } from "node:crypto";

/** The files of a JRE that decide whom it trusts, in the order in which their bytes are hashed together. */
export const trustFileNames = ["cacerts", "blocked.certs", "java.security"] as const;

export type TrustFileName = (typeof trustFileNames)[number];

export type TrustFiles = ReadonlyMap<TrustFileName, Buffer>;

/** A larger one is no trust store: that of a JRE has some 200 kB. */
export const largestTrustFile = 8 * 1024 * 1024;

/** SHA-256 over all files, in hex. */
export function trustDigest(files: TrustFiles): string {
  const hash = createHash("sha256");
  for (const name of trustFileNames) hash.update(files.get(name) ?? "");
  return hash.digest("hex");
}
