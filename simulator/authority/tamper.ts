import { simulatorError } from "../fail";
import { writeZip } from "../zip-writer";
import { readZip } from "./read-zip";

/**
 * Changes one file of a package after it was signed: a line end is added, checksums and sizes are right, only the digest is not.
 *
 * @param file its name in the package; absent: the first outside META-INF that is not the package's manifest.
 * @throws TableauError (simulator-failed) if there is none.
 */
export function tamper(bytes: Buffer, file?: string): Buffer {
  const entries = readZip(bytes);
  const name = file ?? entries.find((entry) => !/^META-INF\/|\/$|^manifest\.xml$/.test(entry.name))?.name;
  const chosen = entries.find((entry) => entry.name === name);
  if (chosen === undefined) throw simulatorError(`The package has no file "${name ?? ""}" to change.`, "Name one of its files.");
  return writeZip(
    entries.map((entry) => (entry === chosen ? { ...entry, bytes: Buffer.concat([entry.bytes, Buffer.from("\n")]) } : entry)),
  );
}
