import { AnswerReader } from "./answer";
import type { HostCounts } from "./counts";
import { endError, type Where } from "./end-error";
import { ErrorText } from "./error-text";
import { feedInput } from "./feed-input";
import type { Answer, AnswerRecord, Script } from "./host";
import type { ProcessEnd, RunningProcess } from "./running-process";

// What still runs in the background after the end mark may hold the outputs open for ever.
const graceAfterEndMark = 1000;

export interface Exchange {
  /** Resolves at the answer's begin mark; rejects if the script ends before. */
  readonly begun: Promise<undefined>;
  /** The answer; rejects with a TableauError if there is none. */
  readonly answer: Promise<Answer>;
  /** Gives the script up with this error. */
  fail(error: unknown): void;
}

/** Talks with one running script: sends its input, unless the caller does, and reads its answer. */
export function exchange(
  process: RunningProcess,
  script: Pick<Script, "name"> & { readonly input?: Script["input"] | "from-caller" },
  nonce: string,
  where: Where & { readonly counts: HostCounts },
  onRecord: (record: AnswerRecord) => void,
): Exchange {
  const begun = deferred<undefined>();
  const answer = deferred<Answer>();
  const records: AnswerRecord[] = [];
  const errorText = new ErrorText();
  const reader = new AnswerReader(nonce, (record) => {
    records.push(record);
    onRecord(record);
  });

  const fail = (error: unknown): void => {
    begun.reject(error);
    answer.reject(error);
    process.stop();
  };
  const finish = (end: ProcessEnd): void => {
    const state = reader.state;
    if (state.kind !== "ended")
      return fail(endError({ end, state, noise: reader.noise, errorText: errorText.lastLines(), script: script.name }, where));
    answer.resolve({ records, status: state.status, errorText: errorText.lastLines() });
    process.stop();
  };
  const read = (chunk: Buffer): void => {
    where.counts.bytesReceived += chunk.length;
    reader.push(chunk);
    if (reader.state.kind !== "waiting") begun.resolve(undefined);
    if (reader.state.kind === "ended") setTimeout(finish, graceAfterEndMark, { kind: "exited", status: 0 }).unref();
  };

  process.stdout.on("data", (chunk: Buffer) => {
    try {
      read(chunk);
    } catch (error) {
      fail(endError({ unreadable: error, noise: reader.noise, errorText: errorText.lastLines(), script: script.name }, where));
    }
  });
  process.stderr.on("data", (chunk: Buffer) => errorText.push(chunk));
  void process.ended.then(finish);
  if (script.input !== "from-caller") feedInput(process.stdin, script.input, process.ended, where.counts).catch(fail);
  return { begun: begun.promise, answer: answer.promise, fail };
}

interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
}

function deferred<T>(): Deferred<T> {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((accept, refuse) => {
    resolve = accept;
    reject = refuse;
  });
  // Whoever does not wait for it does not hear of it.
  promise.catch(() => undefined);
  return { promise, resolve, reject };
}
