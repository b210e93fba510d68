import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { FakeOutput } from "./fake-host";

/** One recorded answer and what a parser must make of it. */
export interface Transcript {
  readonly name: string;
  readonly output: FakeOutput;
  /** The value, or `{ "error": code }`. */
  readonly expected: unknown;
}

/**
 * The transcripts of one parser: each `<case>.txt` with a `<case>.json` beside it.
 *
 * A text is standard output, exit status 0. A line `--- stderr` begins standard error, a line `--- exit N` tells the status.
 * `\e` and `\r` stand for ESC and CR, so that editors keep them; `␠` for a blank at the end of a line.
 */
export function readTranscripts(parser: string): readonly Transcript[] {
  const folder = join(__dirname, "..", "transcripts", parser);
  return readdirSync(folder)
    .filter((file) => file.endsWith(".txt"))
    .map((file) => ({
      name: file.slice(0, -".txt".length),
      output: readOutput(readFileSync(join(folder, file), "utf8")),
      expected: JSON.parse(readFileSync(join(folder, file.replace(/\.txt$/, ".json")), "utf8")) as unknown,
    }));
}

function readOutput(text: string): FakeOutput {
  const exit = /^--- exit (\d+)\n/m.exec(text);
  const [stdout = "", stderr = ""] = text.replace(/^--- exit \d+\n/m, "").split(/^--- stderr\n/m);
  return { stdout: unescape(stdout), stderr: unescape(stderr), exit: Number(exit?.[1] ?? 0) };
}

function unescape(text: string): string {
  return text.replaceAll("\\e", "\u001b").replaceAll("\\r", "\r").replaceAll("␠", " ");
}
