import { TableauError } from "../../vocabulary/error";
import type { ServerRecord } from "../../plan/record/record";
import { isNestedDeeper, WrongJson } from "./json-form";
import { recordForm } from "./record-form";

/** No record of a server is longer, in bytes: a file takes some 300. */
export const longestRecord = 4 * 1024 * 1024;

/** Lists and objects within each other; ours are four deep. */
const deepest = 32;

/** So many folders are looked at on every node for the sake of what a record says. */
const mostFolders = 256;

/**
 * Reads the text of record.json. It lies on one node, and what it says is acted upon on all of them: so every part is in the
 * form that this package writes, or the whole is refused.
 *
 * @throws TableauError record-unreadable: a record that cannot be read is not taken for "nobody owns this server".
 */
export function parseRecord(node: string, path: string, text: string): ServerRecord {
  try {
    const record = recordForm(parse(text), "");
    const folders = new Set(Object.values(record.files).flatMap(({ directory, directories = [] }) => [directory, ...directories]));
    if (folders.size > mostFolders) {
      throw new WrongJson("the number of folders in files", `at most ${String(mostFolders)}`, String(folders.size));
    }
    return record;
  } catch (error) {
    if (!(error instanceof WrongJson)) throw error;
    throw new TableauError("record-unreadable", {
      node,
      message: `${path} is not a record of this package: ${error.message}.`,
      next: "Look at the file; if it is damaged, move it away and run `pulumi up` with takeOver: true.",
    });
  }
}

function parse(text: string): unknown {
  if (text.length > longestRecord) throw new WrongJson("", `at most ${String(longestRecord)} characters`, String(text.length));
  if (isNestedDeeper(text, deepest)) throw new WrongJson("", `JSON of at most ${String(deepest)} levels`, "nested deeper");
  try {
    return JSON.parse(text);
  } catch {
    throw new WrongJson("", "JSON", "another text");
  }
}
