import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { repository } from "./engine";
import { type OperationOutcome, type OperationRequest, readyMark } from "./protocol";
import type { OperationText } from "./result";

const command = ["--require", join(repository, "scripts/typescript-hook.cjs"), join(__dirname, "operation.ts")];

/** An operation that an operator performs. */
export interface Performance {
  readonly end: Promise<{ readonly text: OperationText; readonly outcome: OperationOutcome }>;
  /** What the first Ctrl-C does. */
  interrupt(): void;
  /** Ends the engine as the kernel does when memory is short; its provider goes on for as long as it can. */
  killEngine(): void;
}

/** A process that performs one operation after the other (operation.ts). */
export class Operator {
  readonly #process: ChildProcessWithoutNullStreams;
  /** How the process has ended. */
  #ended: string | undefined;
  #request: OperationRequest | undefined;
  readonly #heard = { stdout: new Heard(), stderr: new Heard() };
  #output = "";
  #onOutput: ((text: string) => void) | undefined;
  #wake: () => void = () => undefined;

  constructor(directory: string, environment: NodeJS.ProcessEnv) {
    this.#process = spawn(process.execPath, command, { cwd: directory, env: environment });
    for (const name of ["stdout", "stderr"] as const) {
      this.#process[name].setEncoding("utf8").on("data", (piece: string) => {
        const text = this.#heard[name].add(piece);
        this.#output += text;
        if (text !== "") this.#onOutput?.(text);
        this.#wake();
      });
    }
    this.#process.stdin.on("error", () => undefined);
    const end = (how: string): void => {
      this.#ended = how;
      this.#wake();
    };
    this.#process.on("error", ({ message }) => {
      end(message);
    });
    this.#process.on("close", (code, signal) => {
      end(String(signal ?? code));
    });
  }

  get state(): "ready" | "busy" | "ended" {
    if (this.#request !== undefined) return "busy";
    return this.#ended === undefined ? "ready" : "ended";
  }

  perform(request: OperationRequest, onOutput?: (text: string) => void): Performance {
    if (this.state !== "ready") {
      throw new Error(`The operator's process ended with ${String(this.#ended)} between operations:\n${this.#output}`);
    }
    this.#request = request;
    this.#onOutput = onOutput;
    this.#process.stdin.write(`${JSON.stringify(request)}\n`);
    const pid = this.#process.pid ?? 0;
    const whileItRuns = (act: () => void) => () => {
      if (this.#request === request) act();
    };
    return {
      end: this.#end(request.outcomeFile),
      interrupt: whileItRuns(() => this.#process.kill("SIGINT")),
      killEngine: whileItRuns(() => {
        killEngineOf(pid);
      }),
    };
  }

  /** Lets the process end. */
  end(): void {
    this.#process.stdin.end();
  }

  async #end(file: string): Promise<{ text: OperationText; outcome: OperationOutcome }> {
    const { stdout, stderr } = this.#heard;
    while (this.#ended === undefined && !(stdout.isReady && stderr.isReady)) {
      await new Promise<void>((wake) => {
        this.#wake = wake;
      });
    }
    const text = { stdout: stdout.take(), stderr: stderr.take(), output: this.#output };
    this.#output = "";
    this.#onOutput = undefined;
    this.#request = undefined;
    if (!existsSync(file)) throw new Error(`The operator's process ended with ${String(this.#ended)} and left nothing:\n${text.output}`);
    const outcome = JSON.parse(readFileSync(file, "utf8")) as OperationOutcome;
    rmSync(file);
    return { text, outcome };
  }
}

/** What has come on a stream since the operation before. */
class Heard {
  isReady = false;
  #text = "";
  /** What may be the beginning of the mark. */
  #held = "";

  /** Gives the part of it that is output for sure. */
  add(piece: string): string {
    this.#held += piece;
    const mark = this.#held.indexOf(readyMark);
    if (mark >= 0) {
      this.isReady = true;
      this.#held = this.#held.slice(0, mark) + this.#held.slice(mark + readyMark.length);
    }
    const maybe = this.#held.lastIndexOf("\0");
    const sure = maybe >= 0 && readyMark.startsWith(this.#held.slice(maybe)) ? this.#held.slice(0, maybe) : this.#held;
    this.#held = this.#held.slice(sure.length);
    this.#text += sure;
    return sure;
  }

  take(): string {
    const text = this.#text;
    this.#text = "";
    this.isReady = false;
    return text;
  }
}

function killEngineOf(pid: number): void {
  const children = readFileSync(`/proc/${String(pid)}/task/${String(pid)}/children`, "utf8")
    .trim()
    .split(" ")
    .map(Number);
  const engines = children.filter((child) => readFileSync(`/proc/${String(child)}/comm`, "utf8").startsWith("pulumi"));
  if (engines.length === 0) throw new Error(`Process ${String(pid)} has no engine below it.`);
  for (const engine of engines) process.kill(engine, "SIGKILL");
}
