import type { BatchArguments } from "./expand-variables";
import type { Shell } from "./shell";
import type { Streams } from "./streams";

export interface BatchCall {
  readonly path: string;
  /** What stands behind the batch file's name, as it was written. */
  readonly rest: string;
  readonly shell: Shell;
  readonly streams: Streams;
  readonly runLine: (line: string, shell: Shell, streams: Streams, batch?: BatchArguments) => Promise<number>;
}

/** Runs a batch file line by line. What it prints of its own lines is left out, as after `@echo off`; it knows no jumps. */
export async function runBatch({ path, rest, shell, streams, runLine }: BatchCall): Promise<number> {
  const handle = shell.files.openFile(shell.files.locate(path), "open-existing", { access: ["read"], share: ["read", "write"] });
  const text = handle.read(0, handle.stat().size).toString("utf8");
  handle.close();
  const batch: BatchArguments = {
    words: [path, ...batchWords(rest)],
    all: rest.replace(/^[ \t]+/, ""),
    folder: path.slice(0, path.lastIndexOf("\\") + 1),
  };
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === "" || line.trimStart().startsWith(":")) continue;
    await runLine(line, shell, streams, batch);
    if (/^\s*@?exit\b/i.test(line)) break;
  }
  return shell.errorLevel;
}

// Words end at blanks, commas, semicolons and equals signs; quotes keep them together and stay.
function batchWords(rest: string): string[] {
  return rest.match(/(?:"[^"]*(?:"|$)|[^\s,;="])+/g) ?? [];
}
