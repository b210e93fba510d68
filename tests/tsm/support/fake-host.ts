import { TableauError } from "../../../provider/vocabulary/error";
import type { Answer, AnswerLine, Host, Script, Session } from "../../../provider/host/host";
import { Secret } from "../../../provider/vocabulary/secret";
import { allEnded } from "../../../provider/tsm/all-ended";

/** What the fake tsm prints for one call. */
export interface FakeOutput {
  readonly stdout?: string;
  readonly stderr?: string;
  readonly exit?: number;
}

/** One call as the fake tsm got it. */
export interface FakeCall {
  readonly args: readonly string[];
  readonly command: string;
  readonly as: Script["as"];
}

/** Answers one call; an Error thrown here is thrown by the host, after the lines of `printedBefore`. */
export type FakeTsm = (call: FakeCall) => FakeOutput;

/** Thrown by a {@link FakeTsm}: the host fails with `error` after so many lines were printed. */
export class HostFails extends Error {
  constructor(
    readonly error: Error,
    readonly printedBefore: readonly string[] = [],
  ) {
    super(error.message);
  }
}

/** A host on which only tsm's script runs, answered from a function; it keeps what was run. */
export class FakeHost implements Host {
  readonly node = "node1";
  readonly calls: FakeCall[] = [];
  readonly scripts: Script[] = [];
  /** The login user; a member of tsmadmin unless told otherwise. */
  authorised = true;
  /** Where its tsm is: an upgrade puts it elsewhere. */
  program = "/opt/tableau/tsm";

  #loses = false;

  constructor(readonly tsm: FakeTsm) {}

  /** The next script runs to its end, and nothing of its answer arrives. */
  loseNext(): void {
    this.#loses = true;
  }

  /** What was run, such as "restart --request-timeout 1800". */
  get commands(): readonly string[] {
    return this.calls.map((call) => call.command);
  }

  run(script: Script, onRecord: (record: AnswerLine) => void = () => undefined): Promise<Answer> {
    this.scripts.push(script);
    const records: AnswerLine[] = [];
    const lost = this.#loses;
    this.#loses = false;
    const emit = (...record: AnswerLine): void => {
      records.push(record);
      if (!lost) {
        onRecord(record);
      }
    };
    try {
      this.#runCalls(script, emit);
    } catch (error) {
      return Promise.reject(error instanceof HostFails ? error.error : new Error("the fake tsm failed", { cause: error }));
    }
    return lost
      ? Promise.reject(new TableauError("host-connection-lost", { node: this.node, message: "Lost.", next: "Try again." }))
      : Promise.resolve({ records, status: 0, errorText: "" });
  }

  open(): Promise<Session> {
    return Promise.reject(new Error("tsm opens no session"));
  }

  #runCalls(script: Script, emit: (...record: AnswerLine) => void): void {
    const [path = "", , unauthorised, , found, , ...rest] = script.args;
    if (path !== "" && path !== this.program) {
      emit("missing", path);
      return;
    }
    if (unauthorised === "leave" && script.as === "login" && !this.authorised) {
      emit("unauthorised", "deploy");
      return;
    }
    emit("program", this.program);
    if (found === "") {
      emit("settings", "config\ndata\nversion\ninstall\n");
    }
    for (const [index, { args, output, onFailure }] of readCalls(rest).entries()) {
      const call = { args, command: args.join(" "), as: script.as };
      this.calls.push(call);
      const { stdout = "", stderr = "", exit = 0 } = this.#answer(call, index, emit);
      if (output === "lines") {
        `${stdout}${stderr}`.split("\n").forEach((line) => {
          emit("line", String(index), line);
        });
      } else {
        emit("stderr", String(index), stderr);
        emit("stdout", String(index), stdout);
      }
      emit("exit", String(index), String(exit));
      if (onFailure === "stop-if-busy" && !allEnded({ stdout, stderr, status: exit })) {
        emit("busy", String(index));
        return;
      }
      if (/^Could not connect to/m.test(stdout) || /^Could not connect to/m.test(stderr) || (onFailure === "stop" && exit !== 0)) {
        return;
      }
    }
  }

  #answer(call: FakeCall, index: number, emit: (...record: AnswerLine) => void): FakeOutput {
    try {
      return this.tsm(call);
    } catch (error) {
      if (error instanceof HostFails) {
        error.printedBefore.forEach((line) => {
          emit("line", String(index), line);
        });
      }
      throw error;
    }
  }
}

/** The value of a script's standard input, for checks that it went there. */
export function inputText(script: Script): string | undefined {
  return script.input instanceof Secret ? script.input.reveal() : undefined;
}

function readCalls(args: readonly string[]): readonly { args: readonly string[]; output: string; onFailure: string }[] {
  const [count, output = "", onFailure = "", ...rest] = args;
  return count === undefined ? [] : [{ args: rest.slice(0, Number(count)), output, onFailure }, ...readCalls(rest.slice(Number(count)))];
}
