/**
 * A text without the given characters at its end. Not by `/x+$/`: an engine tries that anew at each character of a long run of them
 * that is not at the end, which takes time with the square of its length.
 */
export function trimEnd(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}
