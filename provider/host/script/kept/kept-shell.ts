import { Exchange, type ExchangeOptions } from "../exchange";
import type { AnswerRecord, ShellScript } from "../../host";
import type { KeepableProcess } from "../running-process";
import { nextProgram, startProgram } from "./shell-program";

/** One script for a shell, with what tells its answer from others. */
export interface Turn {
  readonly script: ShellScript;
  readonly nonce: string;
  readonly onRecord: (record: AnswerRecord) => void;
}

export interface KeptShellOptions {
  readonly where: ExchangeOptions["where"];
  readonly idleSeconds: number;
  readonly onRest: (shell: KeptShell) => void;
  readonly onEnd: (shell: KeptShell) => void;
}

/** A shell on a node that goes on when its script has ended: one script at a time, each with an exchange of its own. */
export class KeptShell {
  readonly #process: KeepableProcess;
  readonly #options: KeptShellOptions;
  #exchange: Exchange | undefined;
  #start = startProgram;
  #idle: NodeJS.Timeout | undefined;

  constructor(process: KeepableProcess, options: KeptShellOptions) {
    this.#process = process;
    this.#options = options;
    // An exchange that is over takes nothing more: what is printed between two scripts belongs to none.
    process.stdout.on("data", (chunk: Buffer) => this.#exchange?.stdout(chunk));
    process.stderr.on("data", (chunk: Buffer) => this.#exchange?.stderr(chunk));
    process.stdin.on("error", () => undefined);
    void process.ended.then((end) => {
      clearTimeout(this.#idle);
      options.onEnd(this);
      this.#exchange?.end(end);
    });
  }

  /** The answer to the script that the process was started with. */
  follow(turn: Turn): Exchange {
    return this.#begin(turn, "new");
  }

  /** Takes it out of its rest, to be given a script. "gone": it has ended, or is about to. */
  wake(): "ready" | "gone" {
    clearTimeout(this.#idle);
    return this.#process.wake();
  }

  give(turn: Turn, input: string): Exchange {
    const exchange = this.#begin(turn, "kept");
    this.#process.stdin.write(this.#start + nextProgram(turn.script, turn.nonce, input));
    this.#start = "";
    return exchange;
  }

  #begin({ script, nonce, onRecord }: Turn, shell: ExchangeOptions["shell"]): Exchange {
    const over: ExchangeOptions["over"] = (how) => (how === "whole" ? this.#rest() : this.#process.stop());
    this.#exchange = new Exchange({ script, nonce, onRecord, shell, where: this.#options.where, over });
    return this.#exchange;
  }

  #rest(): void {
    this.#exchange = undefined;
    this.#idle = setTimeout(() => this.#process.dismiss(), this.#options.idleSeconds * 1000).unref();
    this.#options.onRest(this);
    this.#process.rest();
  }
}
