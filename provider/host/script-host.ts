import { randomBytes } from "node:crypto";
import { TableauError } from "../error";
import { commandString, type Elevation } from "./command-string";
import type { HostCounts } from "./counts";
import type { Where } from "./end-error";
import { type Exchange, exchange } from "./exchange";
import type { Answer, AnswerRecord, Host, Script, Session } from "./host";
import type { RunningProcess, StartProcess } from "./running-process";
import { ScriptSession } from "./script-session";
import type { SessionKind } from "./session-gate";
import { withTimeout } from "./with-timeout";

export interface ScriptHostOptions extends Where {
  readonly elevation: Elevation;
  readonly counts: HostCounts;
  readonly start: StartProcess;
}

/** A node on which command strings can be started, whichever way. Each run starts exactly one. */
export class ScriptHost implements Host {
  readonly node: string;
  readonly #options: ScriptHostOptions;

  constructor(options: ScriptHostOptions) {
    this.node = options.node;
    this.#options = options;
  }

  async run(script: Script, onRecord: (record: AnswerRecord) => void = () => undefined): Promise<Answer> {
    const { nonce, process } = await this.#start(script, "run");
    const talk = exchange(process, script, nonce, this.#options, onRecord);
    return withTimeout(talk.answer, script.timeoutSeconds, () => this.#giveUp(talk, script));
  }

  async open(script: Script): Promise<Session> {
    const { nonce, process } = await this.#start(script, "session");
    const session = new ScriptSession(process, this.#options.counts);
    const talk = exchange(process, { name: script.name, input: "from-caller" }, nonce, this.#options, (record) => session.take(record));
    session.follow(talk, script.input);
    await withTimeout(talk.begun, script.timeoutSeconds, () => this.#giveUp(talk, script));
    return session;
  }

  async #start(script: Script, kind: SessionKind): Promise<{ nonce: string; process: RunningProcess }> {
    const nonce = randomBytes(8).toString("hex");
    const command = commandString(script, nonce, this.#options.elevation);
    this.#options.counts.scripts += 1;
    return { nonce, process: await this.#options.start(command, kind) };
  }

  #giveUp(talk: Exchange, script: Script): void {
    talk.fail(
      new TableauError("host-timeout", {
        node: this.node,
        message: `The script "${script.name}" did not end within ${script.timeoutSeconds} seconds. It may still be running on the node.`,
        next: "See whether the node is overloaded or its disk hangs, then run it again, with a longer timeout if it needs one.",
      }),
    );
  }
}
