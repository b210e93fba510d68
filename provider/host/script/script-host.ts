import { TableauError } from "../../vocabulary/error";
import { commandString, type Elevation } from "./command-string";
import type { HostCounts } from "../counts";
import type { Where } from "./end-error";
import { Exchange, type ExchangeOptions } from "./exchange";
import { feedInput } from "./feed-input";
import type { Answer, AnswerLine, Host, RunAs, Script, Session } from "../host";
import type { KeptShells } from "./kept/kept-shells";
import type { Waits } from "../limits";
import { newNonce } from "./nonce";
import type { RunningProcess, StartProcess } from "./running-process";
import { ScriptSession } from "./session";
import type { SessionKind } from "./session-gate";
import { withTimeout } from "../with-timeout";

export interface ScriptHostOptions extends Where {
  readonly elevation: Elevation;
  readonly counts: HostCounts;
  readonly waits: Waits;
  readonly start: StartProcess;
  /** Absent: each script has a shell of its own. */
  readonly shells?: KeptShells;
}

/** A node on which command strings can be started, whichever way. */
export class ScriptHost implements Host {
  readonly node: string;
  readonly #options: ScriptHostOptions;

  constructor(options: ScriptHostOptions) {
    this.node = options.node;
    this.#options = options;
  }

  prepare(as: RunAs, timeoutSeconds: number): void {
    this.#options.shells?.prepare(as, timeoutSeconds);
  }

  async run(script: Script, onRecord: (record: AnswerLine) => void = () => undefined): Promise<Answer> {
    const exchange = (await this.#options.shells?.run(script, onRecord)) ?? (await this.#runAlone(script, onRecord));
    return withTimeout(exchange.answer, script.timeoutSeconds, () => this.#giveUp(exchange, script));
  }

  async open(script: Script): Promise<Session> {
    const { nonce, process } = await this.#start(script, "session");
    const session = new ScriptSession(process, this.#options);
    const onRecord = (record: AnswerLine): void => session.take(record);
    const exchange = processExchange(process, { script, nonce, where: this.#options, onRecord });
    session.follow(exchange, script.input);
    await withTimeout(exchange.begun, script.timeoutSeconds, () => this.#giveUp(exchange, script));
    return session;
  }

  async #runAlone(script: Script, onRecord: (record: AnswerLine) => void): Promise<Exchange> {
    const { nonce, process } = await this.#start(script, "run");
    const exchange = processExchange(process, { script, nonce, where: this.#options, onRecord });
    feedInput(process.stdin, script.input, process.ended, this.#options.counts).catch((error: unknown) => exchange.fail(error));
    return exchange;
  }

  async #start(script: Script, kind: SessionKind): Promise<{ nonce: string; process: RunningProcess }> {
    const nonce = newNonce();
    const command = commandString(script, nonce, this.#options.elevation, "ends with it");
    this.#options.counts.scripts += 1;
    return { nonce, process: await this.#options.start(command, kind) };
  }

  #giveUp(exchange: Exchange, script: Script): void {
    exchange.fail(
      new TableauError("host-timeout", {
        node: this.node,
        message: `The script "${script.name}" did not end within ${script.timeoutSeconds} seconds. It may still be running on the node.`,
        next: "See whether the node is overloaded or its disk hangs, then run it again, with a longer timeout if it needs one.",
      }),
    );
  }
}

/** Reads the answer of the script that a process was started for; the process is given up when that is over. */
function processExchange(process: RunningProcess, options: Omit<ExchangeOptions, "shell" | "over">): Exchange {
  const exchange = new Exchange({ ...options, shell: "new", over: () => process.stop() });
  process.stdout.on("data", (chunk: Buffer) => exchange.stdout(chunk));
  process.stderr.on("data", (chunk: Buffer) => exchange.stderr(chunk));
  void process.ended.then((end) => exchange.end(end));
  return exchange;
}
