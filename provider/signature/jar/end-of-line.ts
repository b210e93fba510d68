const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** Where the line ends that goes on at `from`: its LF or CR, or the limit. */
export function endOfLine(bytes: Buffer, from: number, limit: number): number {
  let at = from;
  while (at < limit && bytes[at] !== lineFeed && bytes[at] !== carriageReturn) {
    at++;
  }
  return at;
}
