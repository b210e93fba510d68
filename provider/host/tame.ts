/**
 * A text from outside as a part of one line: control characters, line ends among them, become what {@link textOfBytes} makes of
 * bytes that are no UTF-8, a lone surrogate U+DC00 + byte. No UTF-8 has such a character, so nothing is lost: a name goes
 * back to its node as it came, and where it is printed a line end in it looks like one of no sentence of ours.
 */
export function tame(text: string): string {
  return text.replace(/[\0-\x1f\x7f]/g, (character) => String.fromCharCode(0xdc00 + character.charCodeAt(0)));
}
