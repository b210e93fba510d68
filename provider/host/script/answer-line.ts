import type { AnswerLine } from "../host";
import { answerLimits, fieldCost, recordCost } from "../limits";
import { textOfBytes } from "./text-of-bytes";
import { UnreadableAnswer } from "../unreadable-answer";

// A pattern that repeats a group keeps a place to go back to for each time: of a long text some fifty megabytes.
const notPlain = /[^ -~]/;
const notHex = /[^0-9a-f]/;
const tab = 9;
const bar = 0x7c;
const lineEnd = 10;

/**
 * The text of one record's bytes, which has a TAB before its key and each field; `next` is the byte after them.
 *
 * @throws UnreadableAnswer where its line does not end where it should, or it has too many fields.
 */
export function recordText(bytes: Buffer, next: number | undefined, mostFields: number): string {
  if (next !== 0x0a && next !== 0x0d) throw new UnreadableAnswer("a record is not as long as it says");
  if (bytes[0] !== tab) throw new UnreadableAnswer("a record has no key");
  // Before they are parted: each part costs more than its bytes.
  if (hasMoreTabs(bytes, mostFields)) throw new UnreadableAnswer(`a record has more than ${mostFields} fields`);
  return bytes.toString("latin1", 1);
}

/**
 * Decodes the text of one record.
 *
 * @returns the record, and what it takes in memory.
 * @throws UnreadableAnswer where something else was printed into the record.
 */
export function readRecord(text: string): { readonly record: AnswerLine; readonly held: number } {
  const [key = "", ...fields] = text.split("\t");
  const record: AnswerLine = [field(key), ...fields.map(field)];
  return { record, held: heldBy(record) };
}

/** What a record takes in memory. */
export function heldBy(record: AnswerLine): number {
  return record.reduce((sum, text) => sum + fieldCost + (notPlain.test(text) ? 2 * text.length : text.length), recordCost);
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
    if (text.length > answerLimits.hexCharacters) throw new UnreadableAnswer("a field in hex is longer than any");
    const digits = text.slice(2);
    if (digits === "" || digits.length % 2 !== 0 || notHex.test(digits)) {
      throw new UnreadableAnswer("a field is not written in hex as it says");
    }
    return textOfBytes(Buffer.from(digits, "hex"));
  }
  if (notPlain.test(text)) throw new UnreadableAnswer("something else was printed into a record");
  return text.startsWith("0|") ? withLineEnds(text) : text;
}

// In place: what puts a text together from pieces takes fifty times its place where there is one for each letter.
function withLineEnds(text: string): string {
  const bytes = Buffer.from(text, "latin1");
  for (let at = bytes.indexOf(bar); at >= 0; at = bytes.indexOf(bar, at + 1)) bytes[at] = lineEnd;
  return bytes.toString("latin1", 2);
}
