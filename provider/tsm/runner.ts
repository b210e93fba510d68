import { TableauError } from "../vocabulary/error";
import { ask } from "../host/ask";
import type { Host, RunAs } from "../host/host";
import type { LineOf } from "../host/reply";
import { Secret } from "../vocabulary/secret";
import type { Call, CallAnswer } from "./call";
import { collectAnswers, type Collected, type Located, tsmReply, type TsmLines } from "./collect-answers";
import { withAccount } from "./command";
import { readFailure } from "./read-failure";
import { scriptArgs, tsmScript } from "./script";
import { onWindows } from "./windows/run-calls";
import type { TsmOptions } from "./tsm";

export interface RunOptions {
  readonly timeoutSeconds: number;
  /** Gets each line of a call with output "lines" as it comes. */
  readonly onLine?: (line: string) => void;
  /** Gets each answer as it comes: what is known where the connection is lost before the last. */
  readonly onAnswer?: (answer: CallAnswer) => void;
  /** Hears that the calls after one were not run, since jobs run or may. */
  readonly onBusy?: () => void;
}

/** Runs calls of tsm on the initial node, all of them in one script, as the user who may. The only part of this room that does I/O. */
export class Runner {
  readonly #host: Host;
  readonly #options: TsmOptions;
  #as: RunAs = "login";
  /** What the first script found: each further one would read the profile and ask for the user's groups again. */
  #located: Located | undefined;

  constructor(host: Host, options: TsmOptions) {
    this.#host = host;
    this.#options = options;
  }

  get node(): string {
    return this.#host.node;
  }

  /** Says that calls come soon. A password has a session of its own, which cannot be started ahead. */
  prepare(): void {
    if (this.#options.password === undefined) this.#host.prepare?.(this.#as, this.#options.commandTimeoutSeconds);
  }

  /**
   * The answers in the order of the calls. A call that did not run because one before it failed has none.
   *
   * A call that tsm refused because a login is needed (a login lives two hours) is repeated once: with the password, or as root
   * where there is none.
   *
   * @throws TableauError (tsm-not-found, tsm-login-refused, tsm-answer-unreadable, host-*)
   */
  async run(calls: readonly Call[], options: RunOptions): Promise<readonly CallAnswer[]> {
    const answers = await this.#runOnce(calls, options);
    const first = answers.findIndex((answer) => mayRepeatWithLogin(answer));
    if (first < 0) {
      return answers;
    }
    if (this.#options.password === undefined) {
      if (!this.#mayBecomeRoot()) {
        return answers;
      }
      this.#as = "privileged";
    }
    return [...answers.slice(0, first), ...(await this.#runOnce(calls.slice(first), options))];
  }

  async #runOnce(calls: readonly Call[], options: RunOptions): Promise<readonly CallAnswer[]> {
    let collected = await this.#runScript(calls, options);
    if (collected.unauthorisedUser !== undefined) {
      this.#as = "privileged";
      collected = await this.#runScript(calls, options);
    }
    if (collected.missingAt !== undefined && this.#located !== undefined) {
      this.#located = undefined;
      collected = await this.#runScript(calls, options);
    }
    if (collected.missingAt !== undefined) {
      throw notFound(this.node, collected.missingAt);
    }
    if (collected.printfExternal) {
      throw unsafeShell(this.node);
    }
    if (collected.unwritten !== undefined) {
      throw noFile(this.node, collected.unwritten);
    }
    if (collected.answers.length === 0) {
      throw noAnswer(this.node, calls);
    }
    return collected.answers;
  }

  async #runScript(calls: readonly Call[], options: RunOptions): Promise<Collected> {
    const { username, password, path } = this.#options;
    const sent = { node: this.node, calls, prompted: password === undefined ? "no" : "yes" } as const;
    const onLine = (line: LineOf<ReturnType<typeof tsmReply>>, soFar: TsmLines): void => {
      if (line.kind === "line") {
        options.onLine?.(line.text);
      }
      if (line.kind === "exit" && options.onAnswer !== undefined) {
        const answer = collectAnswers(soFar, sent).answers.at(-1);
        if (answer !== undefined) {
          options.onAnswer(answer);
        }
      }
      if (line.kind === "busy") {
        options.onBusy?.();
      }
    };
    const known = this.#located?.path ?? path ?? null;
    const from = password === undefined ? "none" : "line";
    const file = calls.find((call) => call.file !== undefined)?.file;
    const withLogin = username === undefined ? calls : calls.map((call) => withAccount(call, username));
    const { lines } = await ask(
      this.#host,
      {
        name: "tsm",
        linux: tsmScript,
        windows: (task) => onWindows({ path: known, password: from, calls: withLogin }, task),
        args: scriptArgs(
          {
            path: known ?? "",
            password: from,
            unauthorised: this.#mayBecomeRoot() && this.#located === undefined ? "leave" : "try",
            root: "",
            file: file === undefined ? "none" : "rest",
            found: this.#located?.found ?? "",
          },
          withLogin,
        ),
        reply: tsmReply(calls),
        as: this.#as,
        ...inputOf(password, file),
        timeoutSeconds: options.timeoutSeconds,
      },
      onLine,
    );
    const collected = collectAnswers(lines, sent);
    this.#located = collected.located ?? this.#located;
    return collected;
  }

  #mayBecomeRoot(): boolean {
    return this.#options.privilege === "sudo" && this.#as === "login" && this.#options.password === undefined;
  }
}

/** A job runs on when the login of its viewer expires, so a call that starts one is never repeated: it would start a second. */
function mayRepeatWithLogin(answer: CallAnswer): boolean {
  return answer.call.output === "whole" && readFailure(answer) === "login-needed";
}

/** The password and the file. The vendor's automated-installer escapes each double quote of the password by a backslash. */
function inputOf(password: Secret | undefined, file: Secret | undefined): { readonly input?: Secret } {
  if (password === undefined) return file === undefined ? {} : { input: file };
  const line = `${password.reveal().replaceAll('"', '\\"')}\n`;
  return { input: new Secret(`${line}${file?.reveal() ?? ""}`) };
}

function notFound(node: string, place: string): TableauError {
  return new TableauError("tsm-not-found", {
    node,
    message: `There is no tsm program at ${place}, where it was expected.`,
    next: "Make the initial node of Tableau Server the first of `nodes`, or give the program's full path as `tsm.path`.",
  });
}

function unsafeShell(node: string): TableauError {
  return new TableauError("tsm-login-refused", {
    node,
    message: "The shell `sh` of this node has no built-in printf, so the TSM password would show in the process list; it was not sent.",
    next: "Add the login user to the group `tsmadmin` and leave `tsm.username` and `tsm.password` out, or make `sh` a shell with a built-in printf.",
  });
}

function noFile(node: string, words: string): TableauError {
  return new TableauError("tsm-command-failed", {
    node,
    message: `The file from which tsm takes the values of keys could not be written: ${words}.`,
    next: "Make room in the folder of temporary files (TMPDIR, else /tmp) on the initial node, then run `pulumi up` again.",
  });
}

function noAnswer(node: string, calls: readonly Call[]): TableauError {
  return new TableauError("tsm-answer-unreadable", {
    node,
    message: `The script that runs \`${calls[0]?.name ?? "tsm"}\` ended without an answer.`,
    next: "Look whether the node is out of memory or process slots, then try again.",
  });
}
