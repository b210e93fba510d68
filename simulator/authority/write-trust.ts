import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { simulatedTrustStore } from "./trust-store";

/**
 * Puts into a JRE's folder what it trusts: `cacerts`, `blocked.certs` and `java.security`. What lies there stays, unless
 * `cacerts` is given.
 */
export function writeTrust(jre: string, cacerts: Buffer | undefined): void {
  const files: Readonly<Record<string, Buffer | string>> = {
    "lib/security/blocked.certs": "Algorithm=SHA-256\n",
    "conf/security/java.security": javaSecurity,
    "lib/security/cacerts": cacerts ?? simulatedTrustStore(),
  };
  for (const [name, content] of Object.entries(files)) {
    const path = join(jre, name);
    if (existsSync(path) && !(name.endsWith("cacerts") && cacerts !== undefined)) continue;
    makeFolder(join(path, ".."));
    writeFileSync(path, content);
    chmodSync(path, 0o644);
  }
}

// Whatever the umask, everybody may read a JRE.
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(join(path, ".."));
  mkdirSync(path);
  chmodSync(path, 0o755);
}

/** The lists of JDK 17. */
const javaSecurity = `# What a Java runtime 17 refuses.
jdk.certpath.disabledAlgorithms=MD2, MD5, SHA1 jdkCA & usage TLSServer, \\
    RSA keySize < 1024, DSA keySize < 1024, EC keySize < 224, \\
    SHA1 usage SignedJAR & denyAfter 2019-01-01

jdk.security.legacyAlgorithms=SHA1, \\
    RSA keySize < 2048, DSA keySize < 2048

jdk.jar.disabledAlgorithms=MD2, MD5, RSA keySize < 1024, \\
      DSA keySize < 1024, SHA1 denyAfter 2019-01-01
`;
