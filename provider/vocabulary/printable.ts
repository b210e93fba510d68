/**
 * Text as it may go before a person: what moves the cursor, changes colours, turns the direction of writing round or cannot be
 * seen becomes an escape. Line ends stay, since in what is told they are ours: those of a text from outside are tamed where it
 * is read (`tame`), and become `\x0a` here.
 *
 * The escapes are those of JSON, so that a text of JSON stays one.
 */
export function printable(text: string): string {
  return text.replace(/\r\n/g, "\n").replace(hidden, escape);
}

// Controls but for the line end, format characters (bidirectional ones, zero-width ones, tags), separators of lines and
// paragraphs, halves of characters, and what no letter stands for. https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing
const hidden = /[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u115f\u1160\u3164\uffa0]/gu;

const escapes = new Map<string, string>();

/** Kept, since a hostile text has the same one again and again. */
function escape(character: string): string {
  const known = escapes.get(character);
  if (known !== undefined) return known;
  const made = escapeOf(character);
  escapes.set(character, made);
  return made;
}

function escapeOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  // A byte that is no UTF-8, or a control character of a name: see host/text-of-bytes.ts.
  if (code >= 0xdc00 && code <= 0xdcff) return `\\x${(code - 0xdc00).toString(16).padStart(2, "0")}`;
  return Array.from({ length: character.length }, (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, "0")}`).join("");
}

/**
 * A text from outside as a part of one line: control characters, line ends among them, become what host/text-of-bytes.ts makes
 * of bytes that are no UTF-8, a lone surrogate U+DC00 + byte. No UTF-8 has such a character, so nothing is lost: a name goes
 * back to its node as it came, and where it is printed a line end in it looks like one of no sentence of ours.
 */
export function tame(text: string): string {
  return text.replace(/[\0-\x1f\x7f]/g, (character) => String.fromCharCode(0xdc00 + character.charCodeAt(0)));
}

/** Text that is one line whatever stands in it, as it may go before a person. */
export function printableLine(text: string): string {
  return printable(tame(text));
}
