import { ask, type Conversation, converse, type Question, type Reply } from "../host/ask";
import type { Host, RunAs, Script } from "../host/host";
import type { Implementations, Platform } from "../host/platform";
import type { LineOf, Lines, ReplyForm } from "../host/reply";
import { type Arguments, type Values, wordsOf } from "./arguments";

/** An action on each platform: a text stays one, and a function gets the arguments by their names before everything else. */
type Sides<V> = {
  readonly [P in Platform]: Implementations[P] extends (task: infer Task) => infer End
    ? (values: V, task: Task) => End
    : Implementations[P];
};

interface Declaration<A extends Arguments, R extends ReplyForm> extends Sides<Values<A>> {
  /** A short name for errors and counts. */
  readonly name: string;
  readonly as: RunAs;
  /** In the order in which sh gets them as $1, $2, ... */
  readonly args: A;
  /** Where the answer depends on what was asked, a function of the arguments. A line that is not declared ends the action. */
  readonly reply: R | ((values: Values<A>) => R);
  /** How much memory the lines of the answer may take here, in bytes; default: see limits.ts. */
  readonly mostHeld?: (values: Values<A>) => number;
}

/** Something that is done on a node: its arguments, what it may answer, and how each platform does it. */
export interface Action<A extends Arguments, R extends ReplyForm> extends Declaration<A, R> {
  readonly reply: (values: Values<A>) => R;
}

/** What an action is performed with besides its arguments. */
export interface Performance {
  /** It is given up after so many seconds. */
  readonly timeoutSeconds: number;
  readonly input?: Script["input"];
}

/** Declares an action. */
export function action<const A extends Arguments, R extends ReplyForm>(declaration: Declaration<A, R>): Action<A, R> {
  const { reply } = declaration;
  return { ...declaration, reply: typeof reply === "function" ? reply : () => reply };
}

/**
 * Performs an action to its end.
 *
 * @param onLine gets each line of the answer as it comes, and all of them up to it.
 * @throws TableauError (host-*). That the action itself failed is in the answer: see checkAnswer.
 */
export async function perform<A extends Arguments, R extends ReplyForm>(
  host: Host,
  what: Action<A, R>,
  values: Values<A>,
  performance: Performance,
  onLine?: (line: LineOf<R>, soFar: Lines<R>) => void,
): Promise<Reply<R>> {
  return await ask(host, questionOf(what, values, performance), onLine);
}

/**
 * Begins an action that goes on until it is closed.
 *
 * @throws TableauError (host-*)
 */
export async function begin<A extends Arguments, R extends ReplyForm>(
  host: Host,
  what: Action<A, R>,
  values: Values<A>,
  performance: Performance,
): Promise<Conversation<R>> {
  return await converse(host, questionOf(what, values, performance));
}

/** An action with its arguments, as a host understands it. */
export function questionOf<A extends Arguments, R extends ReplyForm>(
  { name, as, args, linux, windows, reply, mostHeld }: Action<A, R>,
  values: Values<A>,
  { timeoutSeconds, input }: Performance,
): Question<R> {
  return {
    name,
    as,
    linux,
    windows: (task) => windows(values, task),
    args: wordsOf(args, values),
    reply: reply(values),
    timeoutSeconds,
    ...(input === undefined ? {} : { input }),
    ...(mostHeld === undefined ? {} : { mostHeld: mostHeld(values) }),
  };
}
