import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

const root = join(__dirname, "../../../..");

// In megabytes. What an answer has left behind counts for the next one too: from so much on there is a new client.
const mostGrown = 8;

export interface Measured {
  readonly code: string;
  /** Megabytes, with what answers before have left behind. */
  readonly more: number;
}

/** A client in a process of its own (memory-client.ts), which is asked again as long as it has hardly grown. */
export class MeasuringClient {
  #child: ChildProcess | undefined;
  #lines: AsyncIterator<string> | undefined;
  #errors = "";
  #grown = 0;

  /** Has it ask a node once, then, after `turn`, once more, and measures that. */
  async ask(address: object, action: string, turn: () => void): Promise<Measured> {
    if (this.#grown >= mostGrown) await this.end();
    const child = (this.#child ??= this.#start());
    child.stdin?.write(`${JSON.stringify({ address, action })}\n`);
    await this.#line();
    turn();
    child.stdin?.write("now\n");
    const measured = JSON.parse(await this.#line()) as Measured;
    this.#grown = measured.more;
    return measured;
  }

  async end(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    this.#grown = 0;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  }

  #start(): ChildProcess {
    const client = join(__dirname, "memory-client.ts");
    const child = spawn(process.execPath, ["--expose-gc", "--require", join(root, "scripts/typescript-hook.cjs"), client], {
      stdio: ["pipe", "pipe", "pipe"],
    });
    this.#errors = "";
    child.stderr.on("data", (bytes: Buffer) => (this.#errors += bytes.toString()));
    child.stdin.on("error", () => undefined);
    this.#lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    return child;
  }

  async #line(): Promise<string> {
    const next = await this.#lines?.next();
    if (next?.done === false) return next.value;
    const errors = this.#errors;
    await this.end();
    throw new Error(`the client ended without a word: ${errors}`);
  }
}
