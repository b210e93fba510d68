import { isAbsolutePath } from "../vocabulary/node-path";
import { answerLimits } from "./limits";
import { tame } from "../vocabulary/printable";

/** What one field of an answer's line may be. */
export interface Field<T> {
  /** What it must be, for an error: the end of a sentence. */
  readonly expected: string;
  /** `rest`: all further fields of the line. */
  readonly takes: "one" | "rest";
  /** What an error tells of a wrong one. */
  readonly shows: "value" | "length";
  /** Undefined: it is not what it must be. Gets no text where the line has no further field. */
  readonly read: (texts: readonly string[]) => T | undefined;
}

function field<T>(expected: string, read: (text: string) => T | undefined, shows: Field<T>["shows"] = "value"): Field<T> {
  return { expected, takes: "one", shows, read: ([text]) => (text === undefined ? undefined : read(text)) };
}

const hexDigest = /^[0-9a-f]{64}$/;

/** A SHA-256 in hex. */
export const sha256 = field("64 hexadecimal digits", (text) => (hexDigest.test(text) ? text : undefined));

/** One of a few words. */
export function word<W extends string>(...choices: readonly W[]): Field<W> {
  return field(choices.map((one) => JSON.stringify(one)).join(" or "), (text) => choices.find((one) => one === text));
}

/** One of the things that were asked about, such as the paths that were given: those of a look before are tamed. */
export function asked(things: Iterable<string>): Field<string> {
  const all = new Set(things);
  return field("one of those asked for", (text) => {
    const thing = all.has(text) ? text : tame(text);
    return all.has(thing) ? thing : undefined;
  });
}

/** A whole number from 0. */
export function count(most: number): Field<number> {
  return field(`a number up to ${String(most)}`, (text) => (/^\d{1,16}$/.test(text) && Number(text) <= most ? Number(text) : undefined));
}

/** A time in seconds, with or without a fraction; Linux tells times before 1970 as negative. */
export const seconds = field("a number of seconds", (text) => (/^-?\d{1,12}(?:\.\d{1,9})?$/.test(text) ? Number(text) : undefined));

/** The bits of a file's mode, in four octal digits. */
export const mode = field("an octal mode", (text) => (/^[0-7]{1,4}$/.test(text) ? text.padStart(4, "0") : undefined));

/** A user or a group, by name or number. */
export const userName = field("the name of a user or a group", (text) =>
  isOneWord(text) && Buffer.byteLength(text) <= 256 ? text : undefined,
);

/** The name of a file: of one, and in this folder. */
export const fileName = field("the name of a file", (text) =>
  text !== "" && text !== "." && text !== ".." && !/[/\0]/.test(text) && Buffer.byteLength(text) <= 1024 ? tame(text) : undefined,
);

/** An absolute path of a node. */
export const path = field("an absolute path", (text) =>
  isAbsolutePath(text) && !text.includes("\0") && text.length <= 4096 ? tame(text) : undefined,
);

const folderForm = /^([0-7]{1,4}) (\S{1,256}) (\S.{0,255})$/;
const identityForm = /^\d{1,20}-\d{1,12}(?:\.\d{1,9})?$/;

/** Who may do what with a file or a folder. */
export interface Rights {
  /** Four octal digits. */
  readonly mode: string;
  readonly owner: string;
  readonly group: string;
}

/** What stat tells of a folder: rights, and where it is told what is its own wherever it is mounted. */
export interface FolderStat extends Rights {
  readonly identity: string | null;
}

/** Mode, owner, group and identity, parted by blanks; a group of a directory service may have blanks in its name. */
export const folder = field("mode, owner and group of a folder", (text): FolderStat | undefined => {
  const [, bits = "", owner = "", rest = ""] = folderForm.exec(text) ?? [];
  if (bits === "") return undefined;
  const identity = rest.slice(rest.lastIndexOf(" ") + 1);
  const isTold = identity.length < rest.length && identityForm.test(identity);
  const group = isTold ? rest.slice(0, -identity.length - 1) : rest;
  return { mode: bits.padStart(4, "0"), owner: tame(owner), group: tame(group), identity: isTold ? identity : null };
});

const statForm = /^([0-7]{1,4}) (\S{1,256}) (\S.{0,255}) (\d{1,16}) (-?\d{1,12}(?:\.\d{1,9})?)(?: (written))?$/;

/** What stat tells of a file: rights, size and time of its last change, or (on Windows) of its last writing. */
export interface FileStat extends Rights {
  readonly changedAt: number;
  readonly means: "change" | "writing";
}

/** Mode, owner, group, size and time, parted by blanks. */
export const stat = field("mode, owner, group, size and time", (text): FileStat | undefined => {
  const [, bits = "", owner = "", group = "", size = "", time = "", written] = statForm.exec(text) ?? [];
  if (bits === "" || !Number.isSafeInteger(Number(size))) return undefined;
  const means = written === undefined ? "change" : "writing";
  return { mode: bits.padStart(4, "0"), owner: tame(owner), group: tame(group), changedAt: Number(time), means };
});

/** Words for people, in one line. */
export function phrase(most: number): Field<string> {
  return field(`at most ${String(most)} characters`, (text) => (text.length <= most ? tame(text) : undefined), "length");
}

/** A text of several lines. */
export function longText(most: number): Field<string> {
  const fits = (text: string): boolean => text.length <= most && !hasMoreLines(text, answerLimits.textLines);
  return field(
    `at most ${String(most)} characters in ${String(answerLimits.textLines)} lines`,
    (text) => (fits(text) ? text : undefined),
    "length",
  );
}

/** Whether a text has more line ends, of any system, than so many. */
export function hasMoreLines(text: string, most: number): boolean {
  if (text.length <= most) return false;
  let ends = 0;
  for (let at = 0; at < text.length && ends <= most; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 10 || code === 13) ends += 1;
  }
  return ends > most;
}

/** Bytes, in base64 without line ends. */
export function bytes(most: number): Field<Buffer> {
  const characters = Math.ceil(most / 3) * 4;
  return field(
    `at most ${String(most)} bytes in base64`,
    (encoded) => {
      if (encoded.length > characters || encoded.length % 4 !== 0) return undefined;
      const decoded = Buffer.from(encoded, "base64");
      // What is no base64 is left out by the decoder, so that it comes out shorter.
      const padding = encoded.endsWith("==") ? 2 : encoded.endsWith("=") ? 1 : 0;
      return decoded.length === (encoded.length / 4) * 3 - padding && decoded.length <= most ? decoded : undefined;
    },
    "length",
  );
}

/** The same, or nothing: "" is null. */
export function orEmpty<T>(inner: Field<T>): Field<T | null> {
  return { ...inner, expected: `${inner.expected}, or nothing`, read: (texts) => (texts[0] === "" ? null : inner.read(texts)) };
}

/** The same, or null where the line ends before. */
export function orAbsent<T>(inner: Field<T>): Field<T | null> {
  return { ...inner, read: (texts) => (texts.length === 0 ? null : inner.read(texts)) };
}

/** One of two forms. */
export function either<A, B>(first: Field<A>, second: Field<B>): Field<A | B> {
  return { ...first, expected: `${first.expected}, or ${second.expected}`, read: (texts) => first.read(texts) ?? second.read(texts) };
}

/** All further fields of a line, each the same. */
export function each<T>(most: number, inner: Field<T>): Field<readonly T[]> {
  const read = (texts: readonly string[]): readonly T[] | undefined => {
    if (texts.length > most) return undefined;
    const values: T[] = [];
    for (const one of texts) {
      const value = inner.read([one]);
      if (value === undefined) return undefined;
      values.push(value);
    }
    return values;
  };
  return { expected: `at most ${String(most)} fields, each ${inner.expected}`, takes: "rest", shows: "value", read };
}

type WordValues<F extends readonly Field<unknown>[]> = { readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never };

/** One field that holds several, with one blank between them. */
export function parted<const F extends readonly Field<unknown>[]>(...inner: F): Field<WordValues<F>> {
  const expected = inner.map((one) => one.expected).join(", then ");
  return field(expected, (all) => {
    const parts = all.split(" ", inner.length + 1);
    if (parts.length > inner.length) return undefined;
    const values = inner.map((one, i) => one.read(parts.slice(i, i + 1)));
    return values.includes(undefined) ? undefined : (values as WordValues<F>);
  });
}

function isOneWord(text: string): boolean {
  return text !== "" && !/[\s\0-\x1f\x7f:/]/.test(text);
}
