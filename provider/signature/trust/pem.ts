import { parseCertificate } from "../x509/certificate";
import type { StoreContents } from "./trust-anchors";

const block = /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----([A-Za-z0-9+/=\s]+?)-----END (?:X509 |TRUSTED )?CERTIFICATE-----/g;

/** Whether a file looks like a bundle of PEM certificates; text around the blocks is allowed. */
export function isPem(bytes: Buffer): boolean {
  return bytes.includes("-----BEGIN ");
}

/** @throws Error if there is no certificate in it, or one that cannot be read. */
export function readPem(bytes: Buffer): StoreContents {
  const certificates = [...bytes.toString("latin1").matchAll(block)].map(([, text = ""]) => parseCertificate(Buffer.from(text, "base64")));
  if (certificates.length === 0) {
    throw new Error("it holds no PEM certificate");
  }
  return { anchors: certificates.map((certificate) => ({ certificate, jdk: false })), others: [] };
}
