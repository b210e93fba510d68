import { TableauError } from "../../../../provider/vocabulary/error";
import type { Answer, AnswerRecord, Host, Script, Session } from "../../../../provider/host/host";
import { RecordQueue } from "../../../../provider/host/script/answer-queue";
import { Secret } from "../../../../provider/vocabulary/secret";
import type { MemoryNode } from "./memory-node";
import { memoryScripts, type MemoryRun, type RunTsm } from "./memory-scripts";

/** A node in memory as the provider sees it. A script goes on when its connection is lost, as it does on a real node. */
export class MemoryHost implements Host {
  readonly node: string;

  constructor(
    readonly target: MemoryNode,
    readonly tsm: RunTsm,
  ) {
    this.node = target.name;
  }

  async run(script: Script, onRecord: (record: AnswerRecord) => void = () => undefined): Promise<Answer> {
    await this.#connect();
    const records: AnswerRecord[] = [];
    return await new Promise<Answer>((resolve, reject) => {
      const connection = new Connection(this.target, () => reject(this.#lost(script.name)));
      const emit = (...record: AnswerRecord): void => {
        if (connection.lost) return;
        records.push(record);
        onRecord(record);
      };
      const run: MemoryRun = {
        node: this.target,
        args: script.args,
        input: () => readInput(script, connection),
        emit,
        step,
        tsm: this.tsm,
      };
      const work = memoryScripts[script.name];
      if (work === undefined) throw new RangeError(`no script ${script.name} in memory`);
      void work(run).then(
        (status) => {
          connection.end();
          if (!connection.lost) resolve({ records, status, errorText: "" });
        },
        (error: unknown) => {
          connection.end();
          reject(error instanceof Error ? error : new Error(String(error)));
        },
      );
    });
  }

  /** The only script that goes on running is the one that holds the lock. */
  async open(script: Script): Promise<Session> {
    await this.#connect();
    return new MemorySession(this.target, this.#lost(script.name));
  }

  async #connect(): Promise<void> {
    await step();
    if (this.target.reachable === "yes") return;
    throw new TableauError("host-unreachable", {
      node: this.node,
      message: `The node cannot be reached: connect ECONNREFUSED.`,
      next: "Look after the node and its SSH server, then run it again.",
    });
  }

  #lost(script: string): TableauError {
    return new TableauError("host-connection-lost", {
      node: this.node,
      message: `The connection was lost while the script "${script}" ran.`,
      next: "Check the network and the SSH server, then retry.",
    });
  }
}

/** Something else may happen between two steps of a script. */
function step(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

class Connection {
  lost = false;
  readonly whenLost: Promise<"lost">;
  readonly #forget: () => void;

  constructor(node: MemoryNode, onLost: () => void) {
    let tell: (lost: "lost") => void = () => undefined;
    this.whenLost = new Promise((resolve) => (tell = resolve));
    const lose = (): void => {
      this.lost = true;
      node.onCut.delete(lose);
      tell("lost");
      onLost();
    };
    node.onCut.add(lose);
    this.#forget = () => node.onCut.delete(lose);
  }

  end(): void {
    this.#forget();
  }
}

// What had arrived when the connection was lost is all there is: a clean end of file.
async function readInput({ input }: Script, connection: Connection): Promise<Buffer> {
  if (input === undefined) return Buffer.alloc(0);
  if (input instanceof Secret) return Buffer.from(input.reveal());
  if (Buffer.isBuffer(input)) return connection.lost ? Buffer.alloc(0) : input;
  const pieces: Buffer[] = [];
  const iterator = input[Symbol.asyncIterator]();
  for (;;) {
    // A provider that was killed sends nothing more, and its connections are gone.
    const next = await Promise.race([connection.whenLost, iterator.next()]);
    if (next === "lost" || next.done === true) return Buffer.concat(pieces);
    pieces.push(next.value);
    await step();
  }
}

/** Holds the lock of the initial node until it is closed or its connection is lost. */
class MemorySession implements Session {
  readonly closed: Promise<void>;
  readonly #queue = new RecordQueue();
  readonly #node: MemoryNode;
  #finish: () => void = () => undefined;
  #ended = false;

  constructor(node: MemoryNode, lost: TableauError) {
    this.#node = node;
    this.closed = new Promise((resolve) => (this.#finish = resolve));
    const lose = (): void => this.#end(lost);
    node.onCut.add(lose);
    void this.closed.then(() => node.onCut.delete(lose));
    void this.#take();
  }

  records(): AsyncIterableIterator<AnswerRecord> {
    return this.#queue.iterate();
  }

  write(): void {
    // A heartbeat, or the wish to be named to whoever waits.
  }

  async close(): Promise<void> {
    this.#end();
    await step();
  }

  async #take(): Promise<void> {
    while (this.#node.lock !== undefined && !this.#ended) await step();
    if (this.#ended) return;
    this.#node.lock = this;
    this.#queue.add(["locked"]);
  }

  #end(error?: TableauError): void {
    this.#ended = true;
    if (this.#node.lock === this) this.#node.lock = undefined;
    this.#queue.end(error);
    this.#finish();
  }
}
