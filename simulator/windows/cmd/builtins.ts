import { formatWindowsPath } from "../files/windows-path";
import { Win32Error } from "../files/win32-error";
import { removeFolder } from "./remove-folder";
import type { Shell } from "./shell";
import { splitArguments } from "./split-arguments";
import { writeLine, type Streams } from "./streams";

interface BuiltinCall {
  /** What stands behind the command's name, as it was written. */
  readonly rest: string;
  readonly shell: Shell;
  readonly streams: Streams;
}

type Builtin = (call: BuiltinCall) => number | Promise<number>;

/** The commands of cmd.exe itself that are simulated. */
export const builtins: Readonly<Record<string, Builtin>> = {
  echo: ({ rest, streams }) => {
    const text = rest.slice(1);
    if (/^\s*(on|off)\s*$/i.test(text)) return 0;
    writeLine(streams, 1, text);
    return 0;
  },
  set: (call) => (/^\s*\/p\b/i.test(call.rest) ? ask(call) : setVariable(call)),
  cd: ({ rest, shell, streams }) => {
    const [target] = splitArguments(rest.replace(/^\s*\/d\b/i, ""));
    if (target === undefined) return print(streams, shell.folder);
    const place = shell.files.locate(target, shell.folder);
    if (!shell.files.stat(place).isDirectory()) throw new Win32Error("DIRECTORY");
    shell.folder = formatWindowsPath(place.path);
    return 0;
  },
  ver: ({ streams }) => print(streams, "", "Microsoft Windows [Version 10.0.20348.2700]"),
  rem: () => 0,
  setlocal: () => 0,
  endlocal: () => 0,
  exit: ({ rest }) => Number(splitArguments(rest).find((word) => /^\d+$/.test(word)) ?? 0),
  type: ({ rest, shell, streams }) => {
    for (const name of splitArguments(rest)) {
      const handle = shell.files.openFile(shell.files.locate(name, shell.folder), "open-existing", {
        access: ["read"],
        share: ["read", "write"],
      });
      streams.sinks.get(1)?.(handle.read(0, handle.stat().size).toString("utf8"));
      handle.close();
    }
    return 0;
  },
  del: ({ rest, shell, streams }) => {
    for (const name of splitArguments(rest).filter((word) => !word.startsWith("/"))) {
      try {
        shell.files.remove(shell.files.locate(name, shell.folder));
      } catch (error) {
        // As Windows has it: del tells of it and ends as if nothing were wrong.
        writeLine(streams, 2, error instanceof Error ? `${name}\r\n${error.message}` : "");
      }
    }
    return 0;
  },
  copy: ({ rest, shell, streams }) => {
    const [from = "", to = ""] = splitArguments(rest).filter((word) => !word.startsWith("/"));
    const source = shell.files.openFile(shell.files.locate(from, shell.folder), "open-existing", { access: ["read"], share: ["read"] });
    try {
      const target = shell.files.openFile(shell.files.locate(to, shell.folder), "create-always", { access: ["write"], share: ["read"] });
      try {
        target.write(0, source.read(0, source.stat().size));
      } finally {
        target.close();
      }
    } finally {
      source.close();
    }
    return print(streams, "        1 file(s) copied.");
  },
  rd: ({ rest, shell }) => {
    const words = splitArguments(rest);
    const what = words.some((word) => word.toLowerCase() === "/s") ? "whole" : "empty";
    for (const name of words.filter((word) => !word.startsWith("/"))) {
      removeFolder(shell.files, shell.files.locate(name, shell.folder), what);
    }
    return 0;
  },
  mkdir: ({ rest, shell }) => {
    for (const name of splitArguments(rest)) shell.files.makeFolder(shell.files.locate(name, shell.folder));
    return 0;
  },
};

function print(streams: Streams, ...lines: readonly string[]): number {
  for (const line of lines) writeLine(streams, 1, line);
  return 0;
}

function setVariable({ rest, shell, streams }: BuiltinCall): number {
  const text = rest.trimStart().replace(/^"(.*)"$/, "$1");
  const equals = text.indexOf("=", 1);
  if (equals > 0) {
    shell.variables.set(text.slice(0, equals), text.slice(equals + 1));
    return 0;
  }
  const found = shell.variables.list(text.trimEnd());
  if (found.length > 0) return print(streams, ...found);
  writeLine(streams, 2, `Environment variable ${text.trimEnd()} not defined`);
  return 1;
}

// `set /p NAME=PROMPT`: waits for a line. At the end of the input nothing is set, and it counts as failed.
async function ask({ rest, shell, streams }: BuiltinCall): Promise<number> {
  const [name = "", ...prompts] = rest.trimStart().slice("/p".length).trimStart().split("=");
  const prompt = prompts.join("=");
  if (prompt !== "") streams.sinks.get(1)?.(prompt);
  const line = await streams.input.readLine();
  if (line === undefined || line === "") return 1;
  shell.variables.set(name, line);
  return 0;
}
