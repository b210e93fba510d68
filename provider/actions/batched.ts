import type { Host } from "../host/host";

/** Does the work of several questions to one node at once, and answers each in its place. */
export type Together<Question, Answer> = (host: Host, questions: readonly Question[]) => Promise<readonly Answer[]>;

/**
 * Lets questions that are asked of one node at the same time travel together: what comes up before the connection stands,
 * or while the batch before is under way, goes in one batch. So a hundred resources cost as many round trips as one.
 *
 * A question is never answered by a batch that had begun before it was asked.
 *
 * @param most so many in one batch, since a command has a greatest length.
 */
export function batched<Question, Answer>(
  most: number,
  together: Together<Question, Answer>,
): (host: Host, question: Question) => Promise<Answer> {
  const queues = new WeakMap<Host, Queue<Question, Answer>>();
  return (host, question) => {
    const queue = queues.get(host) ?? new Queue(host, most, together);
    queues.set(host, queue);
    return queue.ask(question);
  };
}

interface Waiting<Question, Answer> {
  readonly question: Question;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

class Queue<Question, Answer> {
  #waiting: Waiting<Question, Answer>[] = [];
  #working = false;

  constructor(
    readonly host: Host,
    readonly most: number,
    readonly together: Together<Question, Answer>,
  ) {}

  ask(question: Question): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ question, resolve, reject });
      if (!this.#working) void this.#work();
    });
  }

  async #work(): Promise<void> {
    this.#working = true;
    // Whoever asks in this turn comes along. A node that cannot be reached says so when it is asked.
    await new Promise((resolve) => setImmediate(resolve));
    await this.host.ready?.().catch(() => undefined);
    while (this.#waiting.length > 0) await this.#answer(this.#waiting.splice(0, this.most));
    this.#working = false;
  }

  async #answer(batch: readonly Waiting<Question, Answer>[]): Promise<void> {
    try {
      const answers = await this.together(
        this.host,
        batch.map(({ question }) => question),
      );
      batch.forEach(({ resolve }, index) => resolve(answers[index] as Answer));
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
}
