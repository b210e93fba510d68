import type { AnswerRecord } from "./host";
import { textOfBytes } from "./text-of-bytes";
import { UnreadableAnswer } from "./unreadable-answer";

const printable = /^[ -~]*$/;
const hex = /^0x(?:[0-9a-f]{2})+$/;

/**
 * Decodes one record's bytes, a TAB before its key and each field; `next` is the byte after them.
 *
 * @throws UnreadableAnswer where something else was printed into the record, or its line does not end where it should.
 */
export function readRecord(bytes: Buffer, next: number | undefined): AnswerRecord {
  if (next !== 0x0a && next !== 0x0d) throw new UnreadableAnswer("a record is not as long as it says");
  const [before, key, ...fields] = bytes.toString("latin1").split("\t");
  if (before !== "" || key === undefined) throw new UnreadableAnswer("a record has no key");
  return [field(key), ...fields.map(field)];
}

function field(text: string): string {
  if (text.startsWith("0x")) {
    if (!hex.test(text)) throw new UnreadableAnswer("a field is not written in hex as it says");
    return textOfBytes(Buffer.from(text.slice(2), "hex"));
  }
  if (!printable.test(text)) throw new UnreadableAnswer("something else was printed into a record");
  return text.startsWith("0|") ? text.slice(2).replaceAll("|", "\n") : text;
}
