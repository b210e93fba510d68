import { commandString, type Elevation } from "../command-string";
import type { HostCounts } from "../../counts";
import type { Where } from "../end-error";
import type { Exchange } from "../exchange";
import type { AnswerRecord, RunAs, Script, ShellScript } from "../../host";
import { KeptShell, type Turn } from "./kept-shell";
import { keptShellsPerUser, type Waits, keptShellInputLimit } from "../../limits";
import { newNonce } from "../nonce";
import type { KeepableProcess, StartProcess } from "../running-process";
import { withTimeout } from "../../with-timeout";

export interface KeptShellsOptions extends Where {
  readonly elevation: Elevation;
  readonly counts: HostCounts;
  readonly waits: Waits;
  readonly start: StartProcess<KeepableProcess>;
}

/**
 * The shells of one node that go on when their script has ended, so that the next one costs neither a session nor a sudo.
 *
 * A shell starts with its first script, as it would without being kept, or before it, where somebody knows that one will come. A script that was given to one shell is never given to
 * another: nobody can tell whether it ran.
 */
export class KeptShells {
  readonly #options: KeptShellsOptions;
  /** Those that are there or being started. */
  readonly #count: Record<RunAs, number> = { login: 0, privileged: 0 };
  readonly #resting: Record<RunAs, readonly KeptShell[]> = { login: [], privileged: [] };
  /** Those that start before there is a script for them; settled when they rest or have failed. */
  readonly #preparing = new Map<RunAs, Promise<void>>();

  constructor(options: KeptShellsOptions) {
    this.#options = options;
  }

  /**
   * Starts a shell if the user has none, so that the next script finds it resting. What goes wrong is not told here: that script
   * tries again, and the error is its own.
   */
  prepare(as: RunAs, timeoutSeconds: number): void {
    if (this.#count[as] > 0) return;
    const preparing = this.#startWithNothing({ name: "prepare", linux: ":", args: [], as, timeoutSeconds })
      .catch(() => undefined)
      .finally(() => {
        if (this.#preparing.get(as) === preparing) this.#preparing.delete(as);
      });
    this.#preparing.set(as, preparing);
  }

  /** Begins a script in a shell that rests, or in a new one. Undefined: it needs a shell of its own. */
  async run(script: Script, onRecord: (record: AnswerRecord) => void): Promise<Exchange | undefined> {
    const input = plainInput(script.input);
    if (input === "other") return undefined;
    const turn = { script, nonce: newNonce(), onRecord };
    // Also where a shell rests: what a node accepts must not depend on that.
    const command = commandString(script, turn.nonce, this.#options.elevation, "goes on");
    const shell = this.#takeResting(script.as) ?? (await this.#takePrepared(script.as));
    if (shell !== undefined) return this.#give(shell, turn, input.text);
    if (input.text !== "" || this.#count[script.as] >= keptShellsPerUser) return undefined;
    this.#options.counts.scripts += 1;
    return await this.#start(turn, command);
  }

  async #startWithNothing(script: ShellScript): Promise<void> {
    const turn = { script, nonce: newNonce(), onRecord: () => undefined };
    const exchange = await this.#start(turn, commandString(script, turn.nonce, this.#options.elevation, "goes on"));
    await withTimeout(exchange.answer, script.timeoutSeconds, () => exchange.fail(new Error("the shell did not start in time")));
  }

  // One script waits for it; others that come meanwhile start shells of their own.
  async #takePrepared(as: RunAs): Promise<KeptShell | undefined> {
    const preparing = this.#preparing.get(as);
    if (preparing === undefined) return undefined;
    this.#preparing.delete(as);
    await preparing;
    return this.#takeResting(as);
  }

  #takeResting(as: RunAs): KeptShell | undefined {
    const shell = this.#resting[as].at(-1);
    if (shell === undefined) return undefined;
    this.#resting[as] = this.#resting[as].slice(0, -1);
    return shell.wake() === "ready" ? shell : this.#takeResting(as);
  }

  #give(shell: KeptShell, turn: Turn, input: string): Exchange {
    this.#options.counts.scripts += 1;
    this.#options.counts.bytesSent += input.length;
    return shell.give(turn, input);
  }

  async #start(turn: Turn, command: string): Promise<Exchange> {
    const { as } = turn.script;
    this.#count[as] += 1;
    try {
      const shell = new KeptShell(await this.#options.start(command, "run"), {
        where: this.#options,
        idleSeconds: this.#options.waits.keptShellIdle,
        onRest: (resting) => (this.#resting[as] = [...this.#resting[as], resting]),
        onEnd: (ended) => {
          this.#count[as] -= 1;
          this.#resting[as] = this.#resting[as].filter((one) => one !== ended);
        },
      });
      return shell.follow(turn);
    } catch (error) {
      this.#count[as] -= 1;
      throw error;
    }
  }
}

/** Input that can be written into a shell's program as a word: short and of printable ASCII. "other": it cannot. */
function plainInput(input: Script["input"]): { readonly text: string } | "other" {
  if (input === undefined) return { text: "" };
  if (!Buffer.isBuffer(input) || input.length > keptShellInputLimit) return "other";
  const text = input.toString("latin1");
  return /^[\t\n\x20-\x7e]*$/.test(text) ? { text } : "other";
}
