const notAlphabet = /[^A-Za-z0-9+/]/g;

/**
 * Decodes as Java's MIME decoder does: characters outside the alphabet are passed over, padding may be missing.
 *
 * @returns undefined where Java throws: one character left over, or padding in a wrong place.
 */
export function decodeMimeBase64(text: string): Buffer | undefined {
  const padding = text.indexOf("=");
  const digits = (padding < 0 ? text : text.slice(0, padding)).replace(notAlphabet, "");
  const left = digits.length % 4;
  if (padding < 0) {
    return left === 1 ? undefined : Buffer.from(digits, "base64");
  }
  const secondMissing = left === 2 && text[padding + 1] !== "=";
  const trailing = text.slice(padding).replace(notAlphabet, "");
  return left < 2 || secondMissing || trailing !== "" ? undefined : Buffer.from(digits, "base64");
}
