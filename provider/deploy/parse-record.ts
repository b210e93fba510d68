import { TableauError } from "../error";
import type { ServerRecord } from "../plan/record/record";

/** No record of a server is longer, in bytes: a file takes some 300. */
export const longestRecord = 4 * 1024 * 1024;

/**
 * Reads the text of record.json.
 *
 * @throws TableauError record-unreadable: a record that cannot be read is not taken for "nobody owns this server".
 */
export function parseRecord(node: string, path: string, text: string): ServerRecord {
  const record = parse(text);
  if (isRecord(record)) return record;
  throw new TableauError("record-unreadable", {
    node,
    message: `${path} is not a record of this package (expected JSON with schemaVersion 1 and an owner).`,
    next: "Look at the file; if it is damaged, move it away and run `pulumi up` with takeOver: true.",
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is ServerRecord {
  if (typeof value !== "object" || value === null) return false;
  const { schemaVersion, owner, files, keys, confirmed } = value as Record<string, unknown>;
  return schemaVersion === 1 && [owner, files, keys, confirmed].every((part) => typeof part === "object" && part !== null);
}
