import { TableauError } from "../../vocabulary/error";

const loneSurrogate = /\p{Surrogate}/u;

/** Whether a text holds bytes that are no UTF-8, as {@link textOfBytes} writes them, or a control character that was tamed. */
export function hasRawBytes(text: string): boolean {
  return loneSurrogate.test(text);
}

/**
 * The bytes of a text, the inverse of {@link textOfBytes}.
 *
 * @throws TableauError (argument-invalid) for a surrogate that stands for no byte.
 */
export function bytesOfText(text: string): Buffer {
  if (!hasRawBytes(text)) return Buffer.from(text, "utf8");
  return Buffer.concat(Array.from(text, bytesOfCharacter));
}

function bytesOfCharacter(character: string): Buffer {
  if (!hasRawBytes(character)) return Buffer.from(character, "utf8");
  const byte = character.charCodeAt(0) - 0xdc00;
  if (byte >= 0x01 && byte <= 0xff) return Buffer.from([byte]);
  throw new TableauError("argument-invalid", {
    message: `A value for a node holds half a character (U+${character.charCodeAt(0).toString(16).toUpperCase()}), which no file name can hold.`,
    next: "Correct the name or path in the program.",
  });
}
