import type { Field } from "./fields";
import type { AnswerLine } from "./host";
import { printable } from "../vocabulary/printable";
import { UnreadableAnswer } from "./unreadable-answer";

/** The fields of one kind of line, in their order. */
export type Fields = Readonly<Record<string, Field<unknown>>>;

/** One kind of line of an answer. */
export interface LineForm<F extends Fields = Fields> {
  readonly fields: F;
  /** So many of them at most. */
  readonly most: number;
  /** Where the script ends with status 0 there is at least one. */
  readonly needed: boolean;
  /** No two lines have the same of all of these; none named: lines may be alike. */
  readonly distinct: readonly string[];
  /** Nothing comes after it. */
  readonly last: boolean;
}

/** Everything that a script may answer, by the kind of line. */
export type ReplyForm = Readonly<Record<string, LineForm>>;

type Values<F extends Fields> = { readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never };

/** The lines of an answer, by their kind, in the order in which they came. */
export type Lines<R extends ReplyForm> = { readonly [K in keyof R]: readonly Values<R[K]["fields"]>[] };

/** One line of an answer. */
export type LineOf<R extends ReplyForm> = { readonly [K in keyof R & string]: { readonly kind: K } & Values<R[K]["fields"]> }[keyof R &
  string];

/** A line that comes once where the script ends well. */
export function once<F extends Fields>(fields: F): LineForm<F> {
  return { fields, most: 1, needed: true, distinct: [], last: false };
}

/** A line that may come once. */
export function maybe<F extends Fields>(fields: F): LineForm<F> {
  return { ...once(fields), needed: false };
}

/** Lines that come in any number up to a limit. */
export function many<F extends Fields>(most: number, fields: F, distinct: readonly (keyof F & string)[] = []): LineForm<F> {
  return { fields, most, needed: false, distinct, last: false };
}

/** The line that ends an answer: without it something is missing. */
export function last(): LineForm {
  return { ...once({}), last: true };
}

/**
 * Reads one answer, record by record, and refuses what was not declared: what a node prints is data, and becomes typed and
 * bounded here or nowhere.
 */
export class ReplyReader<R extends ReplyForm> {
  readonly #form: R;
  readonly #lines: Record<string, Readonly<Record<string, unknown>>[]>;
  readonly #seen = new Set<string>();
  #ended = false;

  constructor(form: R) {
    this.#form = form;
    this.#lines = Object.fromEntries(Object.keys(form).map((kind) => [kind, []]));
  }

  /** The lines that have come. */
  get soFar(): Lines<R> {
    return this.#lines as Lines<R>;
  }

  /** @throws UnreadableAnswer where the record is not as the script declares it. */
  add([kind, ...texts]: AnswerLine): LineOf<R> {
    const form = Object.hasOwn(this.#form, kind) ? this.#form[kind] : undefined;
    const lines = this.#lines[kind];
    if (form === undefined || lines === undefined) throw new UnreadableAnswer(`a line ${shown(kind)} is not known`);
    if (this.#ended) throw new UnreadableAnswer(`a line ${shown(kind)} comes after the last`);
    if (lines.length >= form.most) throw new UnreadableAnswer(`there are more than ${String(form.most)} lines ${shown(kind)}`);
    const values = readFields(kind, form.fields, texts);
    this.#distinguish(kind, form, values);
    this.#ended = form.last;
    lines.push(values);
    return { kind, ...values } as LineOf<R>;
  }

  /**
   * All lines, when the script has ended.
   *
   * @throws UnreadableAnswer where it ended well and a line is missing.
   */
  end(status: number): Lines<R> {
    const missing = Object.entries(this.#form).find(([kind, { needed }]) => needed && this.#lines[kind]?.length === 0);
    if (status === 0 && missing !== undefined) throw new UnreadableAnswer(`the line ${shown(missing[0])} is missing`);
    return this.soFar;
  }

  #distinguish(kind: string, { distinct }: LineForm, values: Readonly<Record<string, unknown>>): void {
    if (distinct.length === 0) return;
    const key = JSON.stringify([kind, ...distinct.map((name) => values[name])]);
    if (this.#seen.has(key)) throw new UnreadableAnswer(`a line ${shown(kind)} comes twice`);
    this.#seen.add(key);
  }
}

function readFields(kind: string, fields: Fields, texts: readonly string[]): Readonly<Record<string, unknown>> {
  const values: Record<string, unknown> = {};
  let at = 0;
  for (const [name, field] of Object.entries(fields)) {
    const own = field.takes === "rest" ? texts.slice(at) : texts.slice(at, at + 1);
    const value = field.read(own);
    if (value === undefined) {
      throw new UnreadableAnswer(`${shown(name)} of a line ${shown(kind)} is ${found(field, own)}, expected ${field.expected}`);
    }
    values[name] = value;
    at += own.length;
  }
  if (at < texts.length) throw new UnreadableAnswer(`a line ${shown(kind)} has ${String(texts.length)} fields, expected ${String(at)}`);
  return values;
}

// A text may hold what is nobody's business; a name, a digest or a number is shown.
function found({ shows }: Field<unknown>, texts: readonly string[]): string {
  const [first] = texts;
  if (first === undefined) return "missing";
  return shows === "length" ? `${String(first.length)} characters long` : shown(first);
}

function shown(text: string): string {
  return JSON.stringify(printable(text.slice(0, 80)));
}
