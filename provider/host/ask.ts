import { TableauError } from "../vocabulary/error";
import type { Host, Script, Session } from "./host";
import { type LineOf, type Lines, type ReplyForm, ReplyReader } from "./reply";
import { UnreadableAnswer } from "./unreadable-answer";

/** A script, and what it may answer. */
export interface Question<R extends ReplyForm> extends Omit<Script, "records"> {
  readonly reply: R;
}

/** What a node answered: of the kinds and forms that were declared, and nothing else. */
export interface Reply<R extends ReplyForm> {
  readonly lines: Lines<R>;
  /** Exit status of the script itself; with another than 0 lines may be missing. */
  readonly status: number;
  /** The last lines of standard error. */
  readonly errorText: string;
}

/**
 * Runs a script and reads its answer. The one way from what a node says to everything else: a line that was not declared ends
 * the script.
 *
 * @param onLine gets each line as it comes, and all of them up to it.
 * @throws TableauError (host-*); host-answer-unreadable where the answer is not as declared.
 */
export async function ask<R extends ReplyForm>(
  host: Host,
  question: Question<R>,
  onLine: (line: LineOf<R>, soFar: Lines<R>) => void = () => undefined,
): Promise<Reply<R>> {
  const { reply, ...script } = question;
  const reader = new ReplyReader(reply);
  return await readable(host, question, async () => {
    const { status, errorText } = await host.run({ ...script, records: "handed on" }, (record) => onLine(reader.add(record), reader.soFar));
    return { lines: reader.end(status), status, errorText };
  });
}

/** A script that goes on running, and its lines as they come. */
export interface Conversation<R extends ReplyForm> extends Omit<Session, "records"> {
  /** Ends when the script ends or the connection is lost. */
  lines(): AsyncIterableIterator<LineOf<R>>;
}

/**
 * Opens a script that goes on running.
 *
 * @throws TableauError (host-*)
 */
export async function converse<R extends ReplyForm>(host: Host, question: Question<R>): Promise<Conversation<R>> {
  const { reply, ...script } = question;
  const reader = new ReplyReader(reply);
  const session = await readable(host, question, () => host.open({ ...script, records: "handed on" }));
  async function* lines(): AsyncIterableIterator<LineOf<R>> {
    for await (const record of session.records()) yield await readable(host, question, () => Promise.resolve(reader.add(record)));
  }
  return { lines, write: (bytes) => session.write(bytes), close: () => session.close(), closed: session.closed };
}

async function readable<T>(host: Host, { name }: { readonly name: string }, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UnreadableAnswer) throw unreadableAnswer(host.node, name, error.message);
    throw error;
  }
}

/** An answer that is not as the script declares it, or that does not fit what was asked. */
export function unreadableAnswer(node: string, script: string, what: string): TableauError {
  return new TableauError("host-answer-unreadable", {
    node,
    message: `The answer of the script "${script}" cannot be used: ${what}.`,
    next: "If nobody changed the node's shell or its programs, this is a defect of this package; otherwise run it again.",
  });
}
