import { TableauError } from "../../vocabulary/error";
import { reasonOf } from "../../vocabulary/file-reason";
import { readLimited } from "../../vocabulary/read-limited";
import { wallClock } from "../../vocabulary/wall-clock";
import type * as Signature from "../../signature";

/**
 * Reads the certificate that a program gives as PEM text or by the path of a file.
 *
 * @throws TableauError source-unavailable where there is none, or none that can be used.
 */
export async function readCertificate(given: string): Promise<Signature.CertificateFile> {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load it at the start
  const { readCertificateFile } = require("../../signature") as typeof Signature;
  const isText = given.includes("-----BEGIN ");
  const bytes = isText ? Buffer.from(given) : await fromFile(given);
  try {
    return readCertificateFile(bytes, wallClock().getTime());
  } catch (cause) {
    const name = isText ? "The certificate" : given;
    throw new TableauError("source-unavailable", {
      message: `${name} cannot be used: ${cause instanceof Error ? cause.message : String(cause)}.`,
      next: "Give one certificate, as PEM text or as the path of a PEM or DER file.",
      cause,
    });
  }
}

async function fromFile(path: string): Promise<Buffer> {
  try {
    return await readLimited(path, "certificate");
  } catch (cause) {
    throw new TableauError("source-unavailable", {
      message: `${path} cannot be read (${reasonOf(cause)}); relative paths start at ${process.cwd()}.`,
      next: "Correct `certificate`, or put the file there.",
      cause,
    });
  }
}
