import { createHash } from "node:crypto";
import { simulatedAuthority } from "./authorities";

const madeAt = new Date("2026-01-15T12:00:00Z");

/**
 * The `cacerts` of every simulated node: a Java keystore of the simulated authority alone, password "changeit". Its root
 * would do for Java; `jarsigner -keystore` also wants to find a certificate of the package there, so its intermediate is in too.
 */
export function simulatedTrustStore(): Buffer {
  const { root, issuing } = simulatedAuthority();
  return javaKeystore({ "simulated root": root.certificate, "simulated code signing": issuing.certificate });
}

/**
 * A Java keystore (JKS) of trusted certificates. Default of the password: Java's usual one.
 *
 * Its format, and the digest at its end, are those of sun.security.provider.JavaKeyStore
 * (https://github.com/openjdk/jdk17u/blob/master/src/java.base/share/classes/sun/security/provider/JavaKeyStore.java).
 *
 * @param certificates DER by alias.
 */
export function javaKeystore(certificates: Readonly<Record<string, Buffer>>, password = "changeit"): Buffer {
  const entries = Object.entries(certificates).map(([alias, certificate]) =>
    Buffer.concat([uint32(trustedCertificate), text(alias), date(madeAt), text("X.509"), uint32(certificate.length), certificate]),
  );
  const content = Buffer.concat([uint32(0xfeedfeed), uint32(2), uint32(entries.length), ...entries]);
  return Buffer.concat([content, seal(content, password)]);
}

/** The certificates of such a store by their aliases; null: the password is wrong. */
export function readJavaKeystore(bytes: Buffer, password: string): Record<string, Buffer> | null {
  const content = bytes.subarray(0, -20);
  if (!seal(content, password).equals(bytes.subarray(-20))) return null;
  const certificates: Record<string, Buffer> = {};
  let at = 12;
  const take = (length: number): Buffer => content.subarray(at, (at += length));
  for (let left = content.readUInt32BE(8); left > 0; left -= 1) {
    take(4);
    const alias = take(take(2).readUInt16BE()).toString("utf8");
    take(8);
    take(take(2).readUInt16BE());
    certificates[alias] = Buffer.from(take(take(4).readUInt32BE()));
  }
  return certificates;
}

function seal(content: Buffer, password: string): Buffer {
  const wide = Buffer.from(password, "utf16le").swap16();
  return createHash("sha1").update(wide).update("Mighty Aphrodite").update(content).digest();
}

const trustedCertificate = 2;

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value, "utf8");
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 0xff]), bytes]);
}

function date(value: Date): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value.getTime()));
  return bytes;
}
