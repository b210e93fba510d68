/**
 * Reads a JRE's `blocked.certs`: SHA-256 digests of certificates that no chain may contain.
 *
 * @throws Error if its digests are of another kind: then nobody can say that a certificate is not among them.
 */
export function readBlockedCerts(text: string): ReadonlySet<string> {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const algorithm = lines.find((line) => line.startsWith("Algorithm="))?.slice("Algorithm=".length);
  if (algorithm !== undefined && algorithm.toUpperCase() !== "SHA-256") {
    throw new Error(`The list of blocked certificates uses ${algorithm}, expected SHA-256.`);
  }
  return new Set(lines.filter((line) => /^[0-9A-Fa-f]{64}$/.test(line)).map((line) => line.toLowerCase()));
}
