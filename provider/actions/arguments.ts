/** How an argument of an action is written as $1, $2, ... of its text for sh. */
export interface Argument<T> {
  readonly words: (value: T) => readonly string[];
}

/** The arguments of an action by their names, in the order in which sh gets them. */
export type Arguments = Readonly<Record<string, Argument<never>>>;

/** What a caller gives for arguments, and what the function for Windows gets. */
export type Values<A extends Arguments> = { readonly [K in keyof A]: A[K] extends Argument<infer T> ? T : never };

const text: Argument<string> = { words: (value) => [value] };

/** The kinds of arguments. */
export const arg = {
  text,
  /** A path of the node. */
  path: text,
  /** A SHA-256 in hex. */
  sha256: text,
  int: { words: (value) => [String(value)] } as Argument<number>,

  /** One of a few words. */
  word: <W extends string>(): Argument<W> => text,

  /** The same, or null, which sh gets as this word. */
  orNull: <T>(argument: Argument<T>, word: string): Argument<T | null> => ({
    words: (value) => (value === null ? [word] : argument.words(value)),
  }),

  /** Any number of the same. Only the last argument, since nothing tells where it ends. */
  rest: <T>(each: Argument<T>): Argument<readonly T[]> => ({ words: (values) => values.flatMap((value) => each.words(value)) }),

  /** Any number of the same, after their count. */
  counted: <T>(each: Argument<T>): Argument<readonly T[]> => ({
    words: (values) => [String(values.length), ...values.flatMap((value) => each.words(value))],
  }),

  /** One thing that has several arguments, in their order. */
  group: <A extends Arguments>(parts: A): Argument<Values<A>> => ({ words: (values) => wordsOf(parts, values) }),
} as const;

/** All arguments as $1, $2, ... */
export function wordsOf<A extends Arguments>(args: A, values: Values<A>): readonly string[] {
  return Object.entries(args).flatMap(([name, { words }]) => words(values[name] as never));
}
