import type { Field } from "../../../../provider/host/fields";
import type { AnswerLine } from "../../../../provider/host/host";
import type { LineForm, ReplyForm } from "../../../../provider/host/reply";
import { hostileTexts } from "./hostile-texts";
import { isLegal, kindOf, samples, type whyHarmless } from "./legal";
import type { Lie, Malice } from "./playing-run";
import { liesWithin } from "./text-lies";
import type { Track, TrueAnswer } from "./tape";

/** One thing that a node says falsely. */
export interface Case {
  /** The kind of line. */
  readonly line: string;
  readonly what: string;
  /** Why it does no harm where it is legal. */
  readonly why: keyof typeof whyHarmless;
  readonly lie: Malice["lie"];
}

type Records = readonly AnswerLine[];

/** Every lie about every line that a script may print, and about each field of it. */
export function everyLie({ form, answers }: Track, outside: string): readonly Case[] {
  const records = answers[0]?.records ?? [];
  return Object.entries(form).flatMap(([line, { fields }]) => [
    ...Object.entries(fields).flatMap(([name, field], at) => aboutField(line, name, at, field, outside)),
    ...Object.entries(fields).flatMap(([name, field], at) =>
      isLongText(field)
        ? records.flatMap((record, nth) => (record[0] === line ? withinText(line, name, at, nth, record, outside) : []))
        : [],
    ),
    ...aboutLine(line),
  ]);
}

/** Texts of several lines are read by parsers of their own: each line of one, or each value where it is JSON. */
function withinText(line: string, name: string, at: number, nth: number, record: AnswerLine, outside: string): readonly Case[] {
  return liesWithin(record[1 + at] ?? "", outside).map(({ what, text }) => ({
    line,
    what: `${name} of ${record.slice(0, 1 + at).join(" ")}: ${what}`,
    why: "a text",
    lie: (answer) => {
      const truth = answer.records[nth];
      if (truth?.[0] !== line) return { ...answer, verdict: "same" };
      const changed = [...truth.slice(0, 1 + at), text(), ...truth.slice(2 + at)] as unknown as AnswerLine;
      return { ...answer, records: replaced(answer.records, nth, [changed]), verdict: "legal" };
    },
  }));
}

function isLongText({ expected }: Field<unknown>): boolean {
  return Number(/^at most (\d+) characters/.exec(expected)?.[1] ?? 0) > 4096;
}

function aboutField(line: string, name: string, at: number, field: Field<unknown>, outside: string): readonly Case[] {
  const isRest = field.takes === "rest";
  const expected = isRest ? (/each (.*)$/.exec(field.expected)?.[1] ?? "") : field.expected;
  return Object.entries(hostileTexts(outside)).map(([what, make]) => ({
    line,
    what: `${name}: ${what}`,
    why: kindOf(expected),
    lie: withLine(line, (record, records, index, args) => {
      const truth = record[1 + at] ?? "";
      const text = make(truth);
      const legal = isLegal(expected, text) || (kindOf(expected) === "asked" && args.includes(text));
      const verdict = text === truth && record.length > 1 + at ? "same" : legal ? "legal" : "refused";
      const changed = [...record.slice(0, 1 + at), text, ...record.slice(2 + at)] as unknown as AnswerLine;
      return { records: replaced(records, index, [changed]), verdict };
    }),
  }));
}

type About = (
  record: AnswerLine,
  records: Records,
  index: number,
  args: readonly string[],
  form: LineForm,
  forms: ReplyForm,
) => Partial<Lie> & Pick<Lie, "records" | "verdict">;

function aboutLine(line: string): readonly Case[] {
  const about = (what: string, change: About, why: Case["why"] = "lines"): Case => ({ line, what, why, lie: withLine(line, change) });
  const isUnknown = (kind: string): Case =>
    about(`a line ${JSON.stringify(kind.slice(0, 20))} before it`, (record, records, i) => ({
      records: replaced(records, i, [[kind, "x"], record]),
      verdict: "refused",
    }));
  return [
    about("its last field missing", (record, records, i, _args, { fields }) => {
      const rest = Object.values(fields).at(record.length - 2);
      const optional = record.length > 1 && rest !== undefined && (rest.takes === "rest" || rest.read([]) !== undefined);
      const shorter = record.slice(0, -1) as unknown as AnswerLine;
      if (record.length === 1) return { records, verdict: "same" };
      return { records: replaced(records, i, [shorter]), verdict: optional ? "legal" : "refused" };
    }),
    about("all fields missing", (record, records, i, _args, { fields }) => {
      const optional = Object.values(fields).every((field) => field.takes === "rest" || field.read([]) !== undefined);
      if (record.length === 1) return { records, verdict: "same" };
      return { records: replaced(records, i, [[record[0]]]), verdict: optional ? "legal" : "refused" };
    }),
    about("one field more", (record, records, i, args, { fields }) => ({
      records: replaced(records, i, [[...full(record, fields, args), "x"]]),
      verdict: "refused",
    })),
    about("10,000 fields more", (record, records, i, args, { fields }) => ({
      records: replaced(records, i, [[...full(record, fields, args), ...Array.from({ length: 10_000 }, () => "x")]]),
      verdict: "refused",
    })),
    about("missing", (_record, records, i, _args, { needed }) => ({
      records: records.filter(([kind]) => kind !== records[i]?.[0]),
      verdict: needed ? "refused" : "legal",
    })),
    about("twice", (record, records, i, _args, { most, distinct }) => ({
      records: replaced(records, i, [record, record]),
      verdict: most < 2 || distinct.length > 0 ? "refused" : "legal",
    })),
    about("a million times", (record, records, i, _args, { most, distinct }) => ({
      records: lazily(records.slice(0, i), () => repeated(record, 1_000_000), records.slice(i + 1)),
      verdict: most < 1_000_000 || distinct.length > 0 ? "refused" : "legal",
    })),
    isUnknown(`${line}x`),
    isUnknown(`${line} `),
    isUnknown(`${line}\0`),
    isUnknown(line.toUpperCase()),
    isUnknown("a".repeat(1024 * 1024)),
    isUnknown("\u001b[2J"),
    isUnknown("hasOwnProperty"),
    isUnknown("__proto__"),
    isUnknown("constructor"),
    isUnknown(""),
    isUnknown("../../pt-hostile"),
    about("after the last", (record, records, _i, _args, _form, forms) => ({
      records: [...records.filter((one) => one !== record), record],
      verdict: hasLast(forms) && forms[line]?.last !== true ? "refused" : "legal",
    })),
    about("all lines in the other order", (_record, records, _i, _args, _form, forms) => ({
      records: [...records].reverse(),
      verdict: hasLast(forms) && records.length > 1 ? "refused" : "legal",
    })),
    about("nothing after it", (_record, records, i, _args, _form, forms) => ({
      records: records.slice(0, i + 1),
      verdict: isWhole(records.slice(0, i + 1), forms) ? "legal" : "refused",
    })),
    about("nothing from it on", (_record, records, i, _args, _form, forms) => ({
      records: records.slice(0, i),
      verdict: isWhole(records.slice(0, i), forms) ? "legal" : "refused",
    })),
    about(
      "nothing from it on, and status 1",
      (_record, records, i) => ({ records: records.slice(0, i), status: 1, verdict: "legal" }),
      "end",
    ),
    about("everything, and status 255", (_record, records) => ({ records, status: 255, verdict: "legal" }), "end"),
    about(
      "everything, status 0 and words of a failure",
      (_record, records) => ({ records, status: 0, errorText: "No space left on device\u001b[2J\nPermission denied", verdict: "legal" }),
      "end",
    ),
  ];
}

/** Where a line is not part of the true answer, one as it may be is put into it first. */
function withLine(line: string, change: About): Malice["lie"] {
  return (answer: TrueAnswer, forms, args) => {
    const form = forms[line];
    if (form === undefined) throw new Error(`the script does not declare a line ${line}`);
    const records = answer.records.some(([kind]) => kind === line) ? answer.records : withSample(answer.records, line, form, forms, args);
    // Nothing was asked about which the line could be.
    if (records === null) return { ...answer, verdict: "same" };
    const index = records.findIndex(([kind]) => kind === line);
    const record = records[index];
    if (record === undefined) throw new Error(`no line ${line}`);
    return { status: answer.status, errorText: answer.errorText, ...change(record, records, index, args, form, forms) };
  };
}

function withSample(records: Records, line: string, { fields }: LineForm, forms: ReplyForm, args: readonly string[]): Records | null {
  const texts = Object.values(fields).map((field) => sampleOf(field, args));
  if (texts.includes(undefined)) return null;
  const sample = [line, ...texts] as unknown as AnswerLine;
  const end = records.findIndex(([kind]) => forms[kind]?.last === true);
  const at = end < 0 ? records.length : end;
  return [...records.slice(0, at), sample, ...records.slice(at)];
}

function sampleOf(field: Field<unknown>, args: readonly string[]): string | undefined {
  const kinds = Object.values(samples) as readonly string[];
  const own = samples[kindOf(field.takes === "rest" ? (/each (.*)$/.exec(field.expected)?.[1] ?? "") : field.expected)];
  const words = [...field.expected.matchAll(/"([^"]*)"/g)].map(([, word = ""]) => word);
  return [own, ...args, ...words, ...kinds, "0"].find((text) => field.read([text]) !== undefined);
}

function full(record: AnswerLine, fields: LineForm["fields"], args: readonly string[]): AnswerLine {
  const missing = Object.values(fields)
    .slice(record.length - 1)
    .map((field) => sampleOf(field, args) ?? "");
  return [...record, ...missing] as unknown as AnswerLine;
}

function isWhole(records: Records, forms: ReplyForm): boolean {
  return Object.entries(forms).every(([line, { needed }]) => !needed || records.some(([kind]) => kind === line));
}

function hasLast(forms: ReplyForm): boolean {
  return Object.values(forms).some(({ last }) => last);
}

function replaced(records: Records, index: number, by: Records): Records {
  return [...records.slice(0, index), ...by, ...records.slice(index + 1)];
}

function* repeated(record: AnswerLine, times: number): Iterable<AnswerLine> {
  for (let i = 0; i < times; i += 1) yield record;
}

function lazily(before: Records, middle: () => Iterable<AnswerLine>, after: Records): Iterable<AnswerLine> {
  return {
    *[Symbol.iterator]() {
      yield* before;
      yield* middle();
      yield* after;
    },
  };
}
