/** The pieces of what a node prints, given the nonce of its script; without an end where it says so. */
export type Prints = (nonce: string) => Iterable<Buffer>;

const mark = (nonce: string, word: string): string => `\n<<pulumi-tableau ${nonce} ${word}>>`;
const line = (nonce: string, ...fields: readonly string[]): string => {
  const text = fields.map((field) => `\t${field}`).join("");
  return `${mark(nonce, String(text.length))}${text}\n`;
};

function* repeated(piece: string | Buffer, times: number, most = 64 * 1024): Iterable<Buffer> {
  const one = Buffer.from(piece);
  const many = Math.max(1, Math.floor(most / one.length));
  const block = Buffer.concat(Array.from({ length: many }, () => one));
  for (let left = times; left > 0; left -= many) yield left >= many ? block : block.subarray(0, left * one.length);
}

/** One line of this many bytes, its last field made of this piece. */
function* long(nonce: string, bytes: number, fields: readonly string[], piece: string): Iterable<Buffer> {
  const head = fields.map((field) => `\t${field}`).join("");
  const times = Math.floor((bytes - head.length) / piece.length);
  yield Buffer.from(`${mark(nonce, String(head.length + times * piece.length))}${head}`);
  yield* repeated(piece, times);
  yield Buffer.from("\n");
}

const endless = Infinity;
const megabyte = 1024 ** 2;

/** What a node may print, by what it tries; for a script whose lines have this key. */
export const hostileBytes: Readonly<Record<string, (key: string, fields: readonly string[]) => Prints>> = {
  "nothing at all": () => () => [],
  "bytes without a line end, without an end": () => () => repeated("\0", endless),
  "lines without an end": () => () => repeated("a line of a banner\n", endless),
  "line ends without an end": () => () => repeated("\n", endless),
  "beginnings of marks without an end": () => () => repeated("\n<<pulumi-tableau ", endless),
  "a mark that is not closed": () => (nonce) => [
    Buffer.from(mark(nonce, "begin")),
    Buffer.from(`\n<<pulumi-tableau ${nonce} ${"9".repeat(1000)}`),
  ],
  "two beginnings": () => (nonce) => [Buffer.from(mark(nonce, "begin") + mark(nonce, "begin"))],
  "a beginning within a record": () => (nonce) => [Buffer.from(`${mark(nonce, "begin")}${mark(nonce, "40")}\tx${mark(nonce, "begin")}`)],
  "an end before the beginning": () => (nonce) => [Buffer.from(mark(nonce, "end 0"))],
  "two ends": () => (nonce) => [Buffer.from(mark(nonce, "begin") + mark(nonce, "end 0") + mark(nonce, "end 0"))],
  "a status without an end": () => (nonce) => [Buffer.from(mark(nonce, "begin") + mark(nonce, "end 99999999"))],
  "a record of no length": () => (nonce) => [Buffer.from(mark(nonce, "begin") + mark(nonce, "-1"))],
  "a record of 10^12 bytes": () => (nonce) => [Buffer.from(`${mark(nonce, "begin")}${mark(nonce, "1000000000000")}\tx`)],
  "a record that is longer than it says": (key) => (nonce) => [Buffer.from(`${mark(nonce, "begin")}${mark(nonce, "3")}\t${key}xxxxxxxx\n`)],
  "an answer cut in a record": (key) => (nonce) => [Buffer.from(`${mark(nonce, "begin")}${mark(nonce, "5000")}\t${key}`)],
  "a million tiny records": (key, fields) =>
    function* (nonce) {
      yield Buffer.from(mark(nonce, "begin"));
      yield* repeated(line(nonce, key, ...fields), 1_000_000);
    },
  "a million records of another kind": () =>
    function* (nonce) {
      yield Buffer.from(mark(nonce, "begin"));
      yield* repeated(line(nonce, "x"), 1_000_000);
    },
  "a record of a million fields": (key) =>
    function* (nonce) {
      yield Buffer.from(mark(nonce, "begin"));
      yield* long(nonce, 2_000_000, [key], "\tx");
    },
  "records of a thousand fields": (key) =>
    function* (nonce) {
      yield Buffer.from(mark(nonce, "begin"));
      yield* repeated(line(nonce, key, ...Array.from({ length: 1000 }, () => "")), 100_000);
    },
  "a record of 15 MB": (key, fields) =>
    function* (nonce) {
      yield Buffer.from(mark(nonce, "begin"));
      yield* long(nonce, 15 * megabyte, [key, ...fields.slice(0, -1), ""], "a");
    },
  "15 MB that are no UTF-8, in hex": (key, fields) =>
    function* (nonce) {
      yield Buffer.from(mark(nonce, "begin"));
      yield* long(nonce, 15 * megabyte, [key, ...fields.slice(0, -1), "0x"], "ff");
    },
  "15 MB of letters of four bytes, in hex": (key, fields) =>
    function* (nonce) {
      yield Buffer.from(mark(nonce, "begin"));
      yield* long(nonce, 15 * megabyte - 7, [key, ...fields.slice(0, -1), "0x"], "f09f9880");
    },
  "a record of 8 MB": (key, fields) =>
    function* (nonce) {
      yield Buffer.from(mark(nonce, "begin"));
      yield* long(nonce, 8 * megabyte, [key, ...fields.slice(0, -1), ""], "a");
    },
  "5 MB that are no UTF-8, in hex": (key, fields) =>
    function* (nonce) {
      yield Buffer.from(mark(nonce, "begin"));
      yield* long(nonce, 5 * megabyte - 100, [key, ...fields.slice(0, -1), "0x"], "ff");
    },
  "5 MB of letters of four bytes, in hex": (key, fields) =>
    function* (nonce) {
      yield Buffer.from(mark(nonce, "begin"));
      yield* long(nonce, 5 * megabyte - 100 - 7, [key, ...fields.slice(0, -1), "0x"], "f09f9880");
    },
  "a text of 3 MB of line ends": (key, fields) =>
    function* (nonce) {
      yield Buffer.from(mark(nonce, "begin"));
      yield* long(nonce, 3 * megabyte, [key, ...fields.slice(0, -1), "0|"], "|");
      yield Buffer.from(line(nonce, "exit", fields[0] ?? "", "0") + mark(nonce, "end 0"));
    },
  "a text of 3 MB of short lines": (key, fields) =>
    function* (nonce) {
      yield Buffer.from(mark(nonce, "begin"));
      yield* long(nonce, 3 * megabyte, [key, ...fields.slice(0, -1), "0|"], "a|");
      yield Buffer.from(line(nonce, "exit", fields[0] ?? "", "0") + mark(nonce, "end 0"));
    },
};
