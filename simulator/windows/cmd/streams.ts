import type { LineInput } from "./line-input";

export type Sink = (text: string) => void;

/** What a command reads and where it writes: handle 1 is standard output, 2 standard error; others where they were redirected. */
export interface Streams {
  readonly input: LineInput;
  readonly sinks: ReadonlyMap<number, Sink>;
}

/** Writes a line as Windows ends it. */
export function writeLine({ sinks }: Streams, handle: 1 | 2, text = ""): void {
  sinks.get(handle)?.(`${text}\r\n`);
}
