import { setTimeout as sleep } from "node:timers/promises";
import type { Answer, AnswerRecord, Host, NodeAddress, Script, Session } from "../../../provider/host/host";
import { TableauError } from "../../../provider/vocabulary/error";
import { Secret } from "../../../provider/vocabulary/secret";
import { HostPool } from "../../../provider/host/pool";

/** What happens at a point: the node's connection is lost, or the provider is killed. */
export type Blow = "cut" | "kill";

export interface Interruption {
  /** One of `PointPool.labels`, or which one in their order. */
  readonly label: string | number;
  readonly blow: Blow;
}

export interface PointPoolOptions {
  readonly interruption?: Interruption;
  /** Loses every connection of a node. */
  readonly cut: (node: string) => void;
  /** Hears of each point, before anything happens there. */
  readonly at?: (label: string) => void;
  /** Where nodes come from. Default: they are reached over SSH. */
  readonly hosts?: (address: NodeAddress) => Host;
  /** Loses every connection of this pool. Default: none but those over SSH. */
  readonly lose?: () => void;
  /** What a kill is. Default: nothing of this pool goes on, ever, and its connections are closed. */
  readonly kill?: () => void;
}

// So many bytes of a package travel between two points.
const chunkBytes = 32 * 1024;

/**
 * The real hosts, with a point before, during and after each script, at the boundary of each chunk of an upload, and,
 * by `call`, at each call of tsm. At one of these points the connection or the provider itself may end.
 */
export class PointPool extends HostPool {
  /** Names of the points that were passed, in their order: the same in every run of the same operation. */
  readonly labels: string[] = [];
  /** Resolves when the provider was killed. */
  readonly killed: Promise<"killed">;
  #dead = false;
  #struck = false;
  #die: () => void = () => undefined;
  readonly #options: PointPoolOptions;
  readonly #counts = new Map<string, number>();
  readonly #wrapped = new Map<Host, Host>();

  constructor(options: PointPoolOptions) {
    super();
    this.#options = options;
    this.killed = new Promise((resolve) => (this.#die = () => resolve("killed")));
  }

  /** Whether the interruption has taken place. */
  get struck(): boolean {
    return this.#struck;
  }

  override host(address: NodeAddress): Host {
    const host = this.#options.hosts?.(address) ?? super.host(address);
    const wrapped = this.#wrapped.get(host) ?? this.#wrap(host);
    this.#wrapped.set(host, wrapped);
    return wrapped;
  }

  override close(): void {
    super.close();
    this.#options.lose?.();
  }

  /** A call of tsm on the initial node, as `cluster.onCall` tells of it. */
  async call(node: string, argv: readonly string[]): Promise<void> {
    if (this.#dead) return;
    const words = argv.slice(0, argv.findIndex((word) => word.startsWith("-")) >>> 0);
    // tsm goes on when the provider is killed.
    await Promise.race([this.#point(this.#name(node, `tsm ${words.join(" ")}`), node), this.killed]);
  }

  #wrap(host: Host): Host {
    return {
      node: host.node,
      ready: () => this.#ready(host),
      prepare: (as, timeoutSeconds) => {
        if (!this.#dead) host.prepare?.(as, timeoutSeconds);
      },
      run: (script, onRecord) => this.#run(host, script, onRecord),
      open: (script) => this.#open(host, script),
    };
  }

  async #ready(host: Host): Promise<void> {
    if (this.#dead) return await forever();
    await this.#alive(host.ready?.() ?? Promise.resolve());
  }

  async #run(host: Host, script: Script, onRecord?: (record: AnswerRecord) => void): Promise<Answer> {
    if (this.#dead) return await forever();
    const name = this.#name(host.node, script.name);
    await this.#alive(this.#point(`${name} before`, host.node));
    const { input: bytes } = script;
    const input = bytes === undefined || bytes instanceof Secret ? {} : { input: this.#inChunks(bytes, name, host.node) };
    const running = host.run({ ...script, ...input }, (record) => {
      if (!this.#dead) onRecord?.(record);
    });
    running.catch(() => undefined);
    if (this.#isHere(`${name} during`)) await Promise.race([sleep(8), running.catch(() => undefined)]);
    await this.#alive(this.#point(`${name} during`, host.node));
    const answer = await this.#alive(running);
    if (this.#isHere(`${name} after`)) {
      await this.#alive(this.#point(`${name} after`, host.node));
      throw answerLost(host.node, script.name);
    }
    await this.#alive(this.#point(`${name} after`, host.node));
    return answer;
  }

  async #open(host: Host, script: Script): Promise<Session> {
    if (this.#dead) return await forever();
    const name = this.#name(host.node, script.name);
    await this.#alive(this.#point(`${name} before`, host.node));
    const session = await this.#alive(host.open(script));
    await this.#alive(this.#point(`${name} after`, host.node));
    return session;
  }

  async *#inChunks(bytes: Buffer | AsyncIterable<Buffer>, name: string, node: string): AsyncGenerator<Buffer> {
    let chunks = 0;
    for await (const piece of Buffer.isBuffer(bytes) ? [bytes] : bytes) {
      for (let at = 0; at < piece.length; at += chunkBytes) {
        if (chunks > 0) await this.#point(`${name} ${String(chunks)}. chunk`, node);
        if (this.#dead) return await forever();
        chunks += 1;
        yield piece.subarray(at, at + chunkBytes);
      }
    }
  }

  #name(node: string, what: string): string {
    const known = `${node} ${what}`;
    const count = (this.#counts.get(known) ?? 0) + 1;
    this.#counts.set(known, count);
    return count === 1 ? known : `${known} (${String(count)}.)`;
  }

  #isHere(label: string): boolean {
    const wanted = this.#options.interruption?.label;
    return !this.#struck && (wanted === label || wanted === this.labels.length);
  }

  async #point(label: string, node: string): Promise<void> {
    if (this.#dead) return await forever();
    const isHere = this.#isHere(label);
    this.labels.push(label);
    this.#options.at?.(label);
    if (!isHere) return;
    this.#struck = true;
    if (this.#options.interruption?.blow === "cut") return this.#options.cut(node);
    this.#dead = true;
    if (this.#options.kill !== undefined) return this.#options.kill();
    this.close();
    this.#die();
    await forever();
  }

  // A killed process hears of nothing any more, neither of success nor of failure.
  #alive<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      work.then(
        (value) => {
          if (!this.#dead) resolve(value);
        },
        (error: unknown) => {
          if (!this.#dead) reject(error instanceof Error ? error : new Error(String(error)));
        },
      );
    });
  }
}

function forever(): Promise<never> {
  return new Promise(() => undefined);
}

/** What the host room says when the script ran to its end and only its answer did not arrive. */
function answerLost(node: string, script: string): TableauError {
  return new TableauError("host-connection-lost", {
    node,
    message: `The connection was lost while the script "${script}" ran: its answer never came.`,
    next: "Check the network and the SSH server, then retry.",
  });
}
