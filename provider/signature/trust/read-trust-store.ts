import { TableauError } from "../../vocabulary/error";
import { isJks, readJks } from "./jks";
import { isPem, readPem } from "./pem";
import { isPkcs12, readPkcs12 } from "./pkcs12";
import type { StoreContents } from "./trust-anchors";

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
