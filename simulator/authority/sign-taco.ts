import { writeZip } from "../zip-writer";
import { readZip } from "./read-zip";
import { signEntries, type Signing } from "./sign-entries";

/**
 * Signs a package by the simulated authority, as jarsigner would. The same bytes always give the same package.
 *
 * @throws TableauError (simulator-failed) if the bytes are no zip archive.
 */
export function signTaco(bytes: Buffer, { signing = "authority" }: { readonly signing?: Signing } = {}): Buffer {
  return writeZip(signEntries(readZip(bytes), signing));
}
