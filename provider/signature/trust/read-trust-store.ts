import { TableauError } from "../../vocabulary/error";
import { isJks, jksEntries, readJks } from "./jks";
import { isPkcs12, pkcs12Entries, readPkcs12 } from "./pkcs12";
import type { StoreEntry } from "./store-entry";
import type { StoreContents } from "./trust-anchors";
import { parseCertificate } from "../x509/certificate";

const block = /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----([A-Za-z0-9+/=\s]+?)-----END (?:X509 |TRUSTED )?CERTIFICATE-----/g;

const jceks = 0xcececece;

/**
 * Reads a trust store: JKS, PKCS#12 or PEM, told apart by its first bytes.
 *
 * @param name what errors call it, such as its path.
 * @throws TableauError `trust-store-unreadable`
 */
export function readTrustStore(bytes: Buffer, name: string, password: string | undefined): StoreContents {
  try {
    if (isJks(bytes)) {
      return readJks(bytes, password);
    }
    if (isPem(bytes)) {
      return readPem(bytes);
    }
    if (isPkcs12(bytes)) {
      return readPkcs12(bytes, password);
    }
    throw new Error(bytes.length >= 4 && bytes.readUInt32BE(0) === jceks ? "it is a JCEKS store" : "it is of an unknown format");
  } catch (cause) {
    throw new TableauError("trust-store-unreadable", {
      message: `${name} cannot be used as a trust store: ${cause instanceof Error ? cause.message : String(cause)}. Expected JKS, PKCS#12 or PEM.`,
      next: "Name another file, best the cacerts of the Tableau server, and its password where it has one.",
      cause,
    });
  }
}

/**
 * What stands in the `cacerts` of a JRE, entry by entry: JKS or PKCS#12.
 *
 * @throws Error with a clause that says what is wrong.
 */
export function readStoreEntries(bytes: Buffer, password: string): StoreEntry[] {
  if (isJks(bytes)) return jksEntries(bytes, password);
  if (isPkcs12(bytes)) return pkcs12Entries(bytes, password);
  throw new Error("it is neither JKS nor PKCS#12");
}

/** Whether a file looks like a bundle of PEM certificates; text around the blocks is allowed. */
function isPem(bytes: Buffer): boolean {
  return bytes.includes("-----BEGIN ");
}

/** @throws Error if there is no certificate in it, or one that cannot be read. */
function readPem(bytes: Buffer): StoreContents {
  const certificates = [...bytes.toString("latin1").matchAll(block)].map(([, text = ""]) => parseCertificate(Buffer.from(text, "base64")));
  if (certificates.length === 0) {
    throw new Error("it holds no PEM certificate");
  }
  return { anchors: certificates.map((certificate) => ({ certificate, jdk: false })), others: [] };
}
