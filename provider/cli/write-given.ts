import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { reasonOf } from "../vocabulary/file-reason";
import { UsageError } from "./command";

/**
 * Writes a file that the user named.
 *
 * @throws UsageError that says why not.
 */
export function writeGiven(file: string, bytes: Uint8Array, folders: "as they are" | "with folders" = "as they are"): void {
  try {
    if (folders === "with folders") mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  } catch (error) {
    throw new UsageError(`${file} cannot be written: ${reasonOf(error)}.\n`);
  }
}
