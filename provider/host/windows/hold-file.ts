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
export async function holdFile(runner: LineRunner, path: string): Promise<HeldFile | null> {
  // `set /p` waits for a line that never comes; it ends with its input.
  const process = await startLine(runner, `(echo ${mark}&set /p x=) 9>${cmdPath(path)}`, "session");
  process.stdin.on("error", () => undefined);
  process.stderr.resume();
  const held = await new Promise<boolean>((resolve) => {
    let text = "";
    process.stdout.on("data", (piece: Buffer) => {
      text = (text + piece.toString("latin1")).slice(-1024);
      if (text.includes(mark)) resolve(true);
    });
    void process.ended.then(() => resolve(false));
  });
  if (!held) return null;
  const lost = process.ended.then(() => undefined);
  return {
    lost,
    release: async () => {
      process.stdin.end();
      await lost;
    },
  };
}
