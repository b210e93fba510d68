import { TableauError } from "../../vocabulary/error";
import { Secret } from "../../vocabulary/secret";
import type { HostCounts } from "../counts";
import type { Answer, AnswerRecord, Host, Script, Session } from "../host";
import { answerLimits, type Waits } from "../limits";
import { heldBy } from "../script/answer-line";
import type { StartProcess } from "../script/running-process";
import { UnreadableAnswer } from "../unreadable-answer";
import { withTimeout } from "../with-timeout";
import { BoundedFiles } from "./bounded-files";
import { FileFailure } from "./file-failure";
import type { WindowsFiles } from "./files";
import { WindowsSession } from "./windows-session";
import { WindowsMachine } from "./machine";
import { probeLine, readProbe, type Surroundings } from "./probe";
import { runLine } from "./run-line";
import { ScriptEnd, type WindowsTask } from "./task";

export interface WindowsHostOptions {
  readonly node: string;
  readonly user: string;
  readonly counts: HostCounts;
  readonly waits: Waits;
  readonly files: WindowsFiles;
  readonly start: StartProcess;
  /** Keeps the connection, and so this program, alive while work goes on. */
  readonly during: <T>(work: () => Promise<T>) => Promise<T>;
}

/** A Windows machine as a node. */
export class WindowsHost implements Host {
  readonly node: string;
  readonly #options: WindowsHostOptions;
  #surroundings: Promise<Surroundings> | undefined;

  constructor(options: WindowsHostOptions) {
    this.node = options.node;
    this.#options = options;
  }

  async #visit<T>(signal: AbortSignal, files: WindowsFiles, work: (machine: WindowsMachine) => Promise<T>): Promise<T> {
    return await this.#options.during(async () =>
      work(new WindowsMachine({ ...this.#options, files, surroundings: await this.#known(), signal })),
    );
  }

  async run(script: Script, onRecord: (record: AnswerRecord) => void = () => undefined): Promise<Answer> {
    const records: AnswerRecord[] = [];
    const given = new AbortController();
    const files = new BoundedFiles(this.#options.files, script.mostHeld ?? answerLimits.heldBytes);
    const running = this.#perform(script, given.signal, { files, input: pieces(script.input) }, (record) => {
      if (script.records !== "handed on") records.push(record);
      onRecord(record);
    });
    const { status, errorText } = await this.#inTime(script, running, given);
    return { records, status, errorText };
  }

  async open(script: Script): Promise<Session> {
    const given = new AbortController();
    const session = new WindowsSession(this.#options.counts, this.#options.waits.sessionEnd, () => given.abort());
    await this.#inTime(
      script,
      this.#options.during(() => this.#known()),
      given,
    );
    // It looks at one small file again and again, for as long as it waits.
    const { files } = this.#options;
    session.follow(this.#perform(script, given.signal, { files, input: session.input }, (record) => session.take(record)));
    return session;
  }

  async #perform(
    script: Script,
    signal: AbortSignal,
    { files, input }: Pick<WindowsTask, "input"> & Pick<WindowsMachine, "files">,
    take: (record: AnswerRecord) => void,
  ): Promise<Pick<Answer, "status" | "errorText">> {
    const { mostHeld = answerLimits.heldBytes } = script;
    let held = 0;
    const emit = (...record: AnswerRecord): void => {
      held += heldBy(record);
      if (held > mostHeld) throw new UnreadableAnswer(`the records take more than ${String(mostHeld)} bytes`);
      take(record);
    };
    this.#options.counts.scripts += 1;
    return await this.#visit(signal, files, async (machine) => {
      try {
        await script.windows({ machine, input, emit });
        return { status: 0, errorText: "" };
      } catch (error) {
        if (error instanceof ScriptEnd) return { status: error.status, errorText: "" };
        if (error instanceof FileFailure) return { status: 1, errorText: error.message };
        throw error instanceof UnreadableAnswer ? unreadable(this.node, script, error) : error;
      }
    });
  }

  #known(): Promise<Surroundings> {
    this.#surroundings ??= this.#probe().catch((error: unknown) => {
      this.#surroundings = undefined;
      throw error;
    });
    return this.#surroundings;
  }

  async #probe(): Promise<Surroundings> {
    const seconds = this.#options.waits.session;
    const given = new AbortController();
    const probing = runLine({ ...this.#options, signal: given.signal }, probeLine, {}).catch((error: unknown) => {
      throw error instanceof UnreadableAnswer ? unreadable(this.node, { name: "probe" }, error) : error;
    });
    const { stdout, stderr } = await withTimeout(probing, seconds, () => given.abort());
    const surroundings = readProbe(stdout);
    if (surroundings !== null) return surroundings;
    const printed = `${stdout}${stderr}`.trim().slice(0, 200);
    throw new TableauError("host-login-refused", {
      node: this.node,
      message: `The login shell of "${this.#options.user}" is not cmd.exe: it does not understand its commands.${printed === "" ? "" : ` It printed: ${JSON.stringify(printed)}.`}`,
      next: "Make cmd.exe the default shell of the SSH server: remove DefaultShell from HKLM\\SOFTWARE\\OpenSSH (docs/hosts.md), then run it again.",
    });
  }

  // What takes too long is given up, so that it keeps neither a session nor this program.
  async #inTime<T>(script: Script, running: Promise<T>, given: AbortController): Promise<T> {
    let late: (error: Error) => void = () => undefined;
    const tooLate = new Promise<never>((_, reject) => (late = reject));
    return await withTimeout(Promise.race([running, tooLate]), script.timeoutSeconds, () => {
      late(
        new TableauError("host-timeout", {
          node: this.node,
          message: `The script "${script.name}" did not end within ${String(script.timeoutSeconds)} seconds. A part of it may still be running on the node.`,
          next: "See whether the node is overloaded or its disk hangs, then run it again, with a longer timeout if it needs one.",
        }),
      );
      given.abort();
    });
  }
}

function unreadable(node: string, { name }: Pick<Script, "name">, cause: UnreadableAnswer): TableauError {
  return new TableauError("host-answer-unreadable", {
    node,
    message: `The answer of the script "${name}" cannot be read: ${cause.message}.`,
    next: "Look at the files and folders of that machine that this package works with, then run it again.",
    cause,
  });
}

async function* pieces(input: Script["input"]): AsyncIterable<Buffer> {
  if (input === undefined) return;
  if (input instanceof Secret) yield Buffer.from(input.reveal(), "utf8");
  else if (Buffer.isBuffer(input)) yield input;
  else yield* input;
}
