import type { ServerChannel } from "ssh2";
import { encodeText } from "./cmd/code-pages";
import { findProgram } from "./cmd/find-program";
import { LineInput } from "./cmd/line-input";
import { withoutOuterQuotes } from "./cmd/outer-quotes";
import { runLine } from "./cmd/run-line";
import type { Shell } from "./cmd/shell";
import type { Sink } from "./cmd/streams";

export interface CommandLineOptions {
  readonly command: string;
  readonly shell: Shell;
  readonly channel: ServerChannel;
  /** Printed before anything else. */
  readonly greeting: string;
}

/** Runs what a client asks for as sshd of Win32-OpenSSH does: `cmd.exe /c "COMMAND"`, on pipes. */
export async function runCommandLine({ command, shell, channel, greeting }: CommandLineOptions): Promise<void> {
  const input = new LineInput();
  channel.on("error", () => undefined);
  channel.on("data", (bytes: Buffer) => input.push(bytes));
  // A lost client counts as the end of the input: what waits for it, such as a lock, ends.
  for (const end of ["end", "close"] as const) channel.on(end, () => input.end());
  const sink = (stream: { writable: boolean; write(bytes: Buffer): unknown }): Sink => {
    return (text) => {
      if (stream.writable) stream.write(encodeText(text, shell.codePage));
    };
  };
  const sinks = new Map([
    [1, sink(channel)],
    [2, sink(channel.stderr)],
  ]);
  if (greeting !== "") sinks.get(1)?.(`${greeting}\r\n`);
  const line = withoutOuterQuotes(`"${command}"`, (name) => findProgram(name, shell) !== undefined);
  const status = await runLine(line, shell, { input, sinks }).catch((error: unknown) => {
    sinks.get(2)?.(`${String(error)}\r\n`);
    return 255;
  });
  if (!channel.writable) return;
  channel.exit(status >>> 0);
  channel.end();
}
