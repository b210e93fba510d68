import type { AnswerRecord } from "./host";
import { fieldCost, recordCost } from "./limits";
import { textOfBytes } from "./text-of-bytes";
import { UnreadableAnswer } from "./unreadable-answer";

const plain = /^[ -~]*$/;
const hex = /^0x(?:[0-9a-f]{2})+$/;
const tab = 9;

/**
 * Decodes one record's bytes, a TAB before its key and each field; `next` is the byte after them.
 *
 * @returns the record, and what it takes in memory.
 * @throws UnreadableAnswer where something else was printed into the record, its line does not end where it should, or it has
 * too many fields.
 */
export function readRecord(
  bytes: Buffer,
  next: number | undefined,
  mostFields: number,
): { readonly record: AnswerRecord; readonly held: number } {
  if (next !== 0x0a && next !== 0x0d) throw new UnreadableAnswer("a record is not as long as it says");
  if (bytes[0] !== tab) throw new UnreadableAnswer("a record has no key");
  // Before they are parted: each part costs more than its bytes.
  if (hasMoreTabs(bytes, mostFields)) throw new UnreadableAnswer(`a record has more than ${mostFields} fields`);
  const [key = "", ...fields] = bytes.toString("latin1", 1).split("\t");
  const record: AnswerRecord = [field(key), ...fields.map(field)];
  return { record, held: heldBy(record) };
}

/** What a record takes in memory. */
export function heldBy(record: AnswerRecord): number {
  return record.reduce((sum, text) => sum + fieldCost + (plain.test(text) ? text.length : 2 * text.length), recordCost);
}

function hasMoreTabs(bytes: Buffer, most: number): boolean {
  let count = 0;
  for (let at = bytes.indexOf(tab); at >= 0; at = bytes.indexOf(tab, at + 1)) {
    count += 1;
    if (count > most) return true;
  }
  return false;
}

function field(text: string): string {
  if (text.startsWith("0x")) {
    if (!hex.test(text)) throw new UnreadableAnswer("a field is not written in hex as it says");
    return textOfBytes(Buffer.from(text.slice(2), "hex"));
  }
  if (!plain.test(text)) throw new UnreadableAnswer("something else was printed into a record");
  return text.startsWith("0|") ? text.slice(2).replaceAll("|", "\n") : text;
}
