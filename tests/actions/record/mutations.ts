/** A text of JSON that stands where a value stood, or an object's members where an object stood. */
export interface Mutation {
  readonly name: string;
  readonly json: (before: string) => string;
}

const text = (value: string): string => JSON.stringify(value);

const values: Readonly<Record<string, string>> = {
  null: "null",
  true: "true",
  zero: "0",
  "a negative number": "-1",
  "a fraction": "0.5",
  "a huge number": "1e308",
  "a number beyond all": "1e400",
  "a number below all": "-1e400",
  NaN: "NaN",
  "the text NaN": text("NaN"),
  "an empty text": text(""),
  "a blank": text(" "),
  "control characters": text("a\0\x1b[31m\r\nb"),
  "a line end": text("a\nb"),
  "characters that turn the direction": text("a\u202eocat.b"),
  "half a character": text("\ud800"),
  "a way up": text("../../etc"),
  "a path elsewhere": text("/etc"),
  "a path with a way up": text("/opt/../etc"),
  "the root": text("/"),
  "a path of Windows": text("C:\\Windows\\..\\System32"),
  "an upper-case digest": text("A".repeat(64)),
  "a digest that is too long": text("a".repeat(65)),
  "a name that all objects know": text("constructor"),
  "a list": "[]",
  "an object": "{}",
};

const hugeValues: Readonly<Record<string, string>> = {
  "a long text": text("x".repeat(100_000)),
  "nested 10,000 deep": `${"[".repeat(10_000)}${"]".repeat(10_000)}`,
  "nested 10,000 objects deep": `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`,
  "1,000,000 entries": `[${Array<string>(1_000_000).fill("0").join(",")}]`,
  "200,000 names": `{${Array.from({ length: 200_000 }, (_, i) => `"${String(i)}":0`).join(",")}}`,
};

/** What any value may become, and takes a while to read. */
export const hugeMutations: readonly Mutation[] = Object.entries(hugeValues).map(([name, json]) => ({ name, json: () => json }));

/** What any value may become. */
export const mutations: readonly Mutation[] = [
  ...Object.entries(values).map(([name, json]) => ({ name, json: () => json })),
  { name: "twice in a list", json: (before) => `[${before},${before}]` },
  { name: "within __proto__", json: (before) => `{"__proto__":${before}}` },
  { name: "as a text", json: (before) => text(before) },
];

/** What a name may become, as text of JSON, with its value. */
export const renamings: readonly Mutation[] = [
  ...["", ".", "..", "../x.taco", "/etc/passwd", "/etc/../x.taco", "a/b.taco", "C:\\x.taco", ".hidden.taco", "x.zip", "passwd"],
  ...["__proto__", "constructor", "toString", "hasOwnProperty", "a\0b.taco", "a\nb.taco", "a\x1b[2Jb.taco", "\u202ex.taco"],
  "x".repeat(300),
  "x".repeat(100_000),
].map((name) => ({ name: `named ${text(name.slice(0, 20))}`, json: (before) => `${text(name)}:${before}` }));
