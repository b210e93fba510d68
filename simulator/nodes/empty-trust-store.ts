import { createHash } from "node:crypto";

/** A JKS trust store without certificates, with Java's usual password "changeit". */
export function emptyTrustStore(): Buffer {
  const content = Buffer.from("feedfeed0000000200000000", "hex");
  const password = Buffer.from("changeit", "utf16le").swap16();
  // https://docs.oracle.com/en/java/javase/17/docs/specs/security/standard-names.html (JKS): the digest of sun.security.provider.JavaKeyStore
  const digest = createHash("sha1").update(password).update("Mighty Aphrodite").update(content).digest();
  return Buffer.concat([content, digest]);
}
