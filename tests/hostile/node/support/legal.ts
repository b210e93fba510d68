/**
 * What a field may say, by the words with which its reader tells what it expects: a second reading of those words, beside the one in
 * provider/host/fields.ts, so that a reader that grows lax is seen. Each is what the node could say truly.
 *
 * @throws Error for words that are not known: a new kind of field needs its hostile texts here.
 */
export function isLegal(expected: string, text: string): boolean {
  if (expected.endsWith(", or nothing")) return text === "" || isLegal(expected.slice(0, -", or nothing".length), text);
  const choices = expected.split(", or ");
  if (choices.length > 1) return choices.some((one) => isLegal(one, text));
  const parts = expected.split(", then ");
  if (parts.length > 1) return text.split(" ").length === parts.length && text.split(" ").every((one, i) => isLegal(parts[i] ?? "", one));
  if (expected.startsWith('"')) return expected.split(" or ").includes(JSON.stringify(text));
  const most = Number(/ (\d+)/.exec(expected)?.[1]);
  switch (kindOf(expected)) {
    case "a digest":
      return /^[0-9a-f]{64}$/.test(text);
    case "a number":
      return /^\d{1,16}$/.test(text) && BigInt(text) <= BigInt(most);
    case "a time":
      return /^-?\d{1,12}(\.\d{1,9})?$/.test(text);
    case "a mode":
      return /^[0-7]{1,4}$/.test(text);
    case "a user":
      return /^[^\s/:\p{Cc}]+$/u.test(text) && Buffer.byteLength(text) <= 256;
    case "a file's name":
      return text !== "" && text !== "." && text !== ".." && !text.includes("/") && !text.includes("\0") && Buffer.byteLength(text) <= 1024;
    case "a path":
      return /^(\/|[A-Za-z]:[\\/]|\\\\)/.test(text) && !text.includes("\0") && text.length <= 4096;
    case "a folder":
      return /^[0-7]{1,4} \S{1,256} \S.{0,255}$/.test(text);
    case "a file":
      return /^[0-7]{1,4} \S{1,256} \S.{0,255} \d{1,16} -?\d{1,12}(\.\d{1,9})?( written)?$/.test(text) && sizeOf(text) < 2n ** 53n;
    case "words":
      return text.length <= most && text.split("\n").length <= 100_000;
    case "bytes":
      return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text) && Buffer.from(text, "base64").length <= most;
    case "asked":
      return false;
  }
}

/** Why it does no harm that a node says something else of this kind than what is true. */
export const whyHarmless = {
  "a digest": "another digest says that the bytes there are others, as after a change by hand: bytes are judged by their own digest",
  "a number": "another number is compared and shown, and reserves nothing",
  "a time": "another time is compared and shown",
  "a mode": "other rights are what the node itself enforces",
  "a user": "another user is compared, and goes back to its own node as one argument",
  "a file's name": "another name is of a file in a folder of that node, and goes back to it as one argument: no path here has it",
  "a path": "another path is of that node, and goes back to it as one argument: no path here has it",
  "a folder": "other rights are what the node itself enforces",
  "a file": "another size or time is compared and shown",
  words: "words are shown to people with what could move their terminal as escapes, and decide nothing",
  bytes: "bytes are hashed and parsed as those of strangers",
  asked: "it is something else that was asked for",
  "a text": "what a parser makes of a text are words, numbers and states, and no path",
  lines: "a node that has more, or fewer, of these truly says the same",
  end: "a script may end so",
} as const;

export type FieldKind = Exclude<keyof typeof whyHarmless, "a text" | "lines" | "end">;

export function kindOf(expected: string): FieldKind {
  const [first = ""] = expected.split(/, (?:or|then) /);
  if (first === "64 hexadecimal digits") return "a digest";
  if (first === "a number of seconds") return "a time";
  if (first === "an octal mode") return "a mode";
  if (first === "the name of a user or a group") return "a user";
  if (first === "the name of a file") return "a file's name";
  if (first === "an absolute path") return "a path";
  if (first === "mode, owner and group of a folder") return "a folder";
  if (first === "mode, owner, group, size and time") return "a file";
  if (first === "one of those asked for") return "asked";
  if (first.startsWith('"')) return "asked";
  if (/^a number up to \d+$/.test(first)) return "a number";
  if (/^at most \d+ characters(?: in 100000 lines)?$/.test(first)) return "words";
  if (/^at most \d+ bytes in base64$/.test(first)) return "bytes";
  throw new Error(`no hostile texts are known for a field that expects ${expected}`);
}

/** A text that a field of this kind may have. */
export const samples: Readonly<Record<FieldKind, string>> = {
  "a digest": "ab".repeat(32),
  "a number": "7",
  "a time": "1790000000.5",
  "a mode": "0644",
  "a user": "tableau",
  "a file's name": "b_jdbc.taco",
  "a path": "/opt/tableau/connectors",
  "a folder": "0755 root root 64769-131.1790000000.5",
  "a file": "0644 root root 1000 1790000000.5",
  words: "words of a node",
  bytes: Buffer.from("bytes of a node").toString("base64"),
  asked: "yes",
};

function sizeOf(text: string): bigint {
  return BigInt(/ (\d{1,16}) -?[\d.]+(?: written)?$/.exec(text)?.[1] ?? "0");
}
