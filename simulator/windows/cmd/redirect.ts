import type { FileHandle } from "../files/file-handle";
import { noInput, LineInput } from "./line-input";
import type { Redirection } from "./parse-line";
import type { Shell } from "./shell";
import type { Sink, Streams } from "./streams";

export interface Redirected {
  readonly streams: Streams;
  readonly close: () => void;
}

/**
 * Opens what a command is redirected to. A file that is written to is nobody else's to write while the command runs, on
 * which locks by redirection rest.
 *
 * @throws Win32Error if a file cannot be opened.
 */
export function redirect(redirections: readonly Redirection[], shell: Shell, streams: Streams): Redirected {
  const sinks = new Map(streams.sinks);
  const opened: FileHandle[] = [];
  let { input } = streams;
  const close = (): void => opened.forEach((handle) => handle.close());
  try {
    for (const redirection of redirections) {
      const { handle, kind, target } = redirection;
      if (kind === "read") input = readAll(target, shell);
      else if (kind === "duplicate") sinks.set(handle, sinks.get(Number(target)) ?? drop);
      else if (isNul(target)) sinks.set(handle, drop);
      else sinks.set(handle, fileSink(open(redirection, shell, opened)));
    }
  } catch (error) {
    close();
    throw error;
  }
  return { streams: { input, sinks }, close };
}

function open({ kind, target }: Redirection, shell: Shell, opened: FileHandle[]): FileHandle {
  const place = shell.files.locate(target, shell.folder);
  const disposition = kind === "append" ? "open-always" : "create-always";
  const handle = shell.files.openFile(place, disposition, { access: ["write"], share: ["read"] });
  opened.push(handle);
  return handle;
}

function fileSink(handle: FileHandle): Sink {
  return (text) => handle.write(handle.stat().size, Buffer.from(text, "utf8"));
}

function readAll(target: string, shell: Shell): LineInput {
  if (isNul(target)) return noInput();
  const handle = shell.files.openFile(shell.files.locate(target, shell.folder), "open-existing", {
    access: ["read"],
    share: ["read", "write"],
  });
  const input = new LineInput();
  input.push(handle.read(0, handle.stat().size));
  input.end();
  handle.close();
  return input;
}

function isNul(target: string): boolean {
  return target.toLowerCase() === "nul";
}

function drop(): void {
  // nul takes everything
}
