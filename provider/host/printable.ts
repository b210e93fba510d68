/** Text from a node as it may be shown: control characters, ANSI sequences among them, become escapes; lines stay lines. */
export function printable(text: string): string {
  return text
    .replace(/\r\n/g, "\n")
    .replace(/[\0-\x08\x0b-\x1f\x7f-\x9f]/g, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`);
}
