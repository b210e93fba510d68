import type { Answer, AnswerLine, Host, NodeAddress, Session } from "../../../../provider/host/host";
import { TableauError } from "../../../../provider/vocabulary/error";
import { RecordQueue } from "../../../../provider/host/script/answer-queue";
import type { ReplyForm } from "../../../../provider/host/reply";
import { UnreadableAnswer } from "../../../../provider/host/unreadable-answer";
import type { Clock } from "../../../../provider/tsm/clock";
import type { CurrentRun } from "./current-run";
import type { Tape, TrueAnswer } from "./tape";
import type { FormedScript } from "./watched-ask";

/** What a node makes of its true answer. */
export interface Lie {
  readonly records: Iterable<AnswerLine>;
  readonly status: number;
  readonly errorText: string;
  /** `legal`: the node might say so truly. `same`: nothing was changed. */
  readonly verdict: "refused" | "legal" | "same";
}

export interface Malice {
  readonly script: string;
  /** Which of the answers: all of them, or the last that was recorded and all after it. */
  readonly when: "always" | "at last";
  readonly lie: (answer: TrueAnswer, form: ReplyForm, args: readonly string[]) => Lie;
}

/** Goes on by itself where somebody waits. */
class OwnTime implements Clock {
  #seconds = 0;

  now(): number {
    return this.#seconds;
  }

  async sleep(seconds: number): Promise<void> {
    this.#seconds += seconds;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Plays what was recorded, with one lie in it. */
export class PlayingRun implements CurrentRun {
  readonly verdicts = new Set<Lie["verdict"]>();
  readonly refusals: { readonly script: string; readonly error: unknown }[] = [];
  readonly clock = new OwnTime();
  readonly #tape: Tape;
  readonly #malice: Malice | null;
  readonly #asked = new Map<string, number>();
  readonly #hosts = new Map<string, Host>();

  /** Without malice every answer is the true one. */
  constructor(tape: Tape, malice: Malice | null = null) {
    this.#tape = tape;
    this.#malice = malice;
  }

  /** Names of the scripts that were run. */
  get asked(): ReadonlySet<string> {
    return new Set(this.#asked.keys());
  }

  refused(script: string, error: unknown): void {
    this.refusals.push({ script, error });
  }

  // Questions to one host travel together.
  host({ name: node }: NodeAddress): Host {
    const host: Host = this.#hosts.get(node) ?? {
      node,
      run: (script, onRecord) => this.#run(script, onRecord),
      open: (script) => Promise.resolve(this.#open(script)),
    };
    this.#hosts.set(node, host);
    return host;
  }

  async #run(script: FormedScript, onRecord: (record: AnswerLine) => void = () => undefined): Promise<Answer> {
    const { records, status, errorText } = this.#answerTo(script);
    for (const record of records) onRecord(record);
    // A node that has said everything need not have read everything.
    void readAll(script.input);
    return { records: [], status, errorText };
  }

  #open(script: FormedScript): Session {
    const queue = new RecordQueue();
    let [finish, locked] = [(): void => undefined, false];
    const closed = new Promise<void>((resolve) => (finish = resolve));
    for (const record of this.#answerTo(script).records) {
      queue.add(record);
      locked ||= record[0] === "locked";
    }
    const end = (): void => {
      queue.end();
      finish();
    };
    // One who holds the lock goes on running.
    if (!locked) end();
    return {
      records: () => queue.iterate(),
      write: () => undefined,
      close: () => {
        end();
        return closed;
      },
      closed,
    };
  }

  #answerTo({ name, form = {}, args }: FormedScript): Lie {
    const track = this.#tape.get(name);
    const nth = this.#asked.get(name) ?? 0;
    this.#asked.set(name, nth + 1);
    const last = (track?.answers.length ?? 1) - 1;
    const answer = track?.answers[Math.min(nth, last)] ?? { records: [], status: 0, errorText: "" };
    const malice = this.#malice;
    if (malice?.script !== name || (malice.when === "at last" && nth < last)) return { ...answer, verdict: "same" };
    const lie = malice.lie(answer, form, args);
    this.verdicts.add(lie.verdict);
    return lie;
  }
}

async function readAll(input: FormedScript["input"]): Promise<void> {
  if (input === undefined || !(Symbol.asyncIterator in input)) return;
  const all = input[Symbol.asyncIterator]();
  while ((await all.next()).done !== true);
}

/** Whether an answer was refused for not being as it was declared. */
export function isUnreadable(error: unknown): boolean {
  return error instanceof UnreadableAnswer || (error instanceof TableauError && error.code === "host-answer-unreadable");
}
