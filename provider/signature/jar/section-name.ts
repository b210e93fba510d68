const lowerCase = 0x20;
const letters = [...Buffer.from("name")];
const colon = 0x3a;
const space = 0x20;

/** Length of `Name: `. */
export const nameHeaderSize = 6;

/** Whether `Name: ` stands there, in any case of letters. */
export function isNameHeader(bytes: Buffer, start: number, end: number): boolean {
  return (
    end - start >= nameHeaderSize &&
    letters.every((letter, index) => ((bytes[start + index] ?? 0) | lowerCase) === letter) &&
    bytes[start + 4] === colon &&
    bytes[start + 5] === space
  );
}
