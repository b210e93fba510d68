import type { Failures } from "../../schema/failures";

// What a note beside a file adds to its name must still fit: ".pulumi-tableau." and ".owner".
const longestFileName = 230;

/** Refuses a name whose note no file system would take. */
export function checkNotedName(fileName: string, failures: Failures): void {
  if (Buffer.byteLength(fileName) > longestFileName) failures.add("fileName", `expected at most ${String(longestFileName)} bytes`);
}
