import { TableauError } from "../../vocabulary/error";
import { connectionLost } from "../connection-lost";
import type { Secret } from "../../vocabulary/secret";
import { ByteQueue } from "../script/byte-queue";
import type { HostCounts } from "../counts";
import { answerLimits } from "../limits";
import type { ProcessEnd, RunningProcess, StartProcess } from "../script/running-process";
import type { SessionKind } from "../script/session-gate";
import { UnreadableAnswer } from "../unreadable-answer";
import { decodeText } from "./decode-text";

export interface CommandResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number;
}

export interface LineRunner {
  readonly node: string;
  readonly start: StartProcess;
  readonly counts: HostCounts;
  readonly surroundings?: { readonly ansiCodePage: string | undefined };
  /** Gives the line up: nobody waits for it any more. */
  readonly signal: AbortSignal;
}

// cmd.exe takes 8,191 characters, those of sshd around the line among them:
// https://learn.microsoft.com/en-us/troubleshoot/windows-client/shell-experience/command-line-string-limitation
const longestLine = 8000;

// No command of ours prints as much, nor in as many lines.
const mostPrinted = 4 * 1024 * 1024;
const mostLines = answerLimits.textLines;

// What comes before it is of the machine, whose AutoRun may print:
// https://learn.microsoft.com/en-us/windows-server/administration/windows-commands/cmd
const mark = "pt-begin";

/** Starts a line of cmd.exe with its output switched to UTF-8, after a mark. */
export async function startLine({ node, start, signal }: LineRunner, line: string, kind: SessionKind): Promise<RunningProcess> {
  const whole = `chcp 65001>nul 2>&1&echo ${mark}&${line}`;
  if (whole.length > longestLine) throw tooLong(node, whole.length);
  const isGivenUp = (): boolean => signal.aborted;
  if (isGivenUp()) throw givenUp(node);
  const process = await start(whole, kind);
  const stop = (): void => process.stop();
  signal.addEventListener("abort", stop);
  void process.ended.then(() => signal.removeEventListener("abort", stop));
  // While it was started.
  if (isGivenUp()) stop();
  return process;
}

/** Runs a line to its end and takes what it prints. */
export async function runLine(
  runner: LineRunner,
  line: string,
  options: { readonly input?: Secret; readonly onLine?: (line: string) => void },
): Promise<CommandResult> {
  const process = await startLine(runner, line, "run");
  const decode = (bytes: Buffer): string => decodeText(bytes, runner.surroundings?.ansiCodePage);
  let refused: Error | undefined;
  // What is thrown where bytes come in is thrown at nobody.
  const refuse = (error: Error): void => {
    refused ??= error;
    process.stop();
  };
  const outputs = [process.stdout, process.stderr].map((stream) => {
    const printed = new ByteQueue();
    let begun = stream === process.stderr;
    const lines = new Lines((bytes) => {
      const text = decode(bytes).replace(/\r$/, "");
      if (begun) options.onLine?.(text);
      else begun = text.endsWith(mark);
    });
    let lineEnds = 0;
    stream.on("data", (piece: Buffer) => {
      runner.counts.bytesReceived += piece.length;
      if (refused !== undefined) return;
      lineEnds += lineEndsIn(piece);
      if (printed.length + piece.length > mostPrinted || lineEnds > mostLines) return refuse(printsTooMuch());
      printed.add(piece);
      try {
        if (options.onLine !== undefined) lines.push(piece);
      } catch (error) {
        refuse(error instanceof Error ? error : new Error(String(error)));
      }
    });
    return { printed, lines };
  });
  // A program that does not read its input is no error: its end tells.
  process.stdin.on("error", () => undefined);
  process.stdin.end(options.input?.reveal());
  const end = await process.ended;
  if (refused !== undefined) throw refused;
  if (runner.signal.aborted) throw givenUp(runner.node);
  for (const { lines } of outputs) lines.end();
  const [stdout = "", stderr = ""] = outputs.map(({ printed }) => decode(printed.bytes()));
  return { stdout: afterMark(stdout), stderr, status: statusOf(runner.node, end) };
}

// Without a mark nothing of the line was understood, and what was printed instead is worth showing.
function afterMark(text: string): string {
  for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) {
    const rest = text.slice(at + mark.length);
    const lineEnd = rest.lastIndexOf("\n", rest.length - rest.trimStart().length);
    if (lineEnd >= 0) return rest.slice(lineEnd + 1);
  }
  return text;
}

function lineEndsIn(piece: Buffer): number {
  let count = 0;
  for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, at + 1)) count += 1;
  return count;
}

function printsTooMuch(): UnreadableAnswer {
  return new UnreadableAnswer(`a command printed more than ${String(mostPrinted)} bytes or ${String(mostLines)} lines`);
}

/** Parts bytes into lines: decoding waits for the whole line, as a piece may end within a letter. */
class Lines {
  readonly #rest = new ByteQueue();

  constructor(readonly onLine: (line: Buffer) => void) {}

  push(piece: Buffer): void {
    let from = 0;
    for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, from)) {
      this.#rest.add(piece.subarray(from, at));
      this.#tell();
      from = at + 1;
    }
    this.#rest.add(piece.subarray(from));
  }

  end(): void {
    if (this.#rest.length > 0) this.#tell();
  }

  #tell(): void {
    this.onLine(this.#rest.bytes());
    this.#rest.drop(this.#rest.length);
  }
}

function statusOf(node: string, end: ProcessEnd): number {
  if (end.kind === "exited") return end.status;
  const why = end.kind === "killed" ? `it was ended by signal ${end.signal}` : end.reason;
  throw connectionLost({ node, during: "a command ran", reason: why, onNode: "may-still-run" });
}

function givenUp(node: string): TableauError {
  return new TableauError("host-timeout", {
    node,
    message: "The work on the node was given up since it took too long.",
    next: "See whether the node is overloaded or its disk hangs, then run it again, with a longer timeout if it needs one.",
  });
}

function tooLong(node: string, length: number): TableauError {
  return new TableauError("argument-invalid", {
    node,
    message: `A command for this Windows node is ${String(length)} characters long; cmd.exe takes ${String(longestLine)}.`,
    next: "Use shorter paths and names.",
  });
}
