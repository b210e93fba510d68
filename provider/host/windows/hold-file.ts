import { TableauError } from "../../vocabulary/error";
import type { Waits } from "../limits";
import { withTimeout } from "../with-timeout";
import { cmdPath } from "./cmd-line";
import { type LineRunner, startLine } from "./run-line";

/** A file that nobody else can open for writing. */
export interface HeldFile {
  /** Resolves when it is no longer held, whatever the reason. */
  readonly lost: Promise<void>;
  /** Lets it go; resolves when it is free. */
  release(): Promise<void>;
}

const mark = "pt-locked";

/**
 * Holds a file open for writing, which Windows allows to one process at a time, by a redirection of cmd.exe: until the
 * session ends, however it ends. The file is emptied.
 *
 * @returns null if another process has it open.
 */
export async function holdFile(runner: LineRunner & { readonly waits: Waits }, path: string): Promise<HeldFile | null> {
  // `set /p` waits for a line that never comes; it ends with its input.
  const process = await startLine(runner, `(echo ${mark}&set /p x=) 9>${cmdPath(path)}`, "session");
  process.stdin.on("error", () => undefined);
  process.stderr.resume();
  const seconds = runner.waits.heldFile;
  const answered = new Promise<"held" | "taken">((resolve) => {
    let text = "";
    process.stdout.on("data", (piece: Buffer) => {
      text = (text + piece.toString("latin1")).slice(-1024);
      if (text.includes(mark)) resolve("held");
    });
    void process.ended.then(() => resolve("taken"));
  });
  let late: (answer: "silent") => void = () => undefined;
  const silence = new Promise<"silent">((resolve) => (late = resolve));
  const answer = await withTimeout(Promise.race([answered, silence]), seconds, () => late("silent"));
  if (answer === "silent") {
    process.stop();
    throw noAnswer(runner.node, path, seconds);
  }
  if (answer === "taken") return null;
  const lost = process.ended.then(() => undefined);
  return {
    lost,
    release: async () => {
      process.stdin.end();
      await withTimeout(lost, seconds, () => process.stop());
    },
  };
}

function noAnswer(node: string, path: string, seconds: number): TableauError {
  return new TableauError("host-timeout", {
    node,
    message: `The machine did not say within ${String(seconds)} seconds whether the file ${path} is free.`,
    next: "See whether the machine is overloaded or its disk hangs, then run it again.",
  });
}
