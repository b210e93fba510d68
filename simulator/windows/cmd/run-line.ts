import { Win32Error } from "../files/win32-error";
import { builtins } from "./builtins";
import { expandVariables, type BatchArguments } from "./expand-variables";
import { findProgram } from "./find-program";
import { parseLine, SyntaxError, type Command } from "./parse-line";
import { redirect } from "./redirect";
import { runBatch } from "./run-batch";
import type { Shell } from "./shell";
import { splitArguments } from "./split-arguments";
import { splitCommand } from "./split-command";
import { writeLine, type Streams } from "./streams";

/** Runs one line as cmd.exe does, and tells the status it ends with. `batch`: the line is one of a batch file. */
export async function runLine(line: string, shell: Shell, streams: Streams, batch?: BatchArguments): Promise<number> {
  try {
    const command = parseLine(expandVariables(line, (name) => variable(name, shell), batch));
    return command === undefined ? shell.errorLevel : await run(command, shell, streams);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    writeLine(
      streams,
      2,
      error.message === "" ? "The syntax of the command is incorrect." : `${error.message} was unexpected at this time.`,
    );
    return (shell.errorLevel = 255);
  }
}

function variable(name: string, shell: Shell): string | undefined {
  const set = shell.variables.get(name);
  if (set !== undefined) return set;
  const known: Readonly<Record<string, string>> = { CD: shell.folder, ERRORLEVEL: String(shell.errorLevel) };
  return known[name.toUpperCase()];
}

async function run(command: Command, shell: Shell, streams: Streams): Promise<number> {
  switch (command.kind) {
    case "simple":
    case "group":
      return runRedirected(command, shell, streams);
    case "|":
      throw new SyntaxError("|"); // pipes are not simulated
    case "&":
      await run(command.left, shell, streams);
      return run(command.right, shell, streams);
    case "&&":
    case "||": {
      const status = await run(command.left, shell, streams);
      return (status === 0) === (command.kind === "&&") ? run(command.right, shell, streams) : status;
    }
  }
}

async function runRedirected(command: Command & { kind: "simple" | "group" }, shell: Shell, streams: Streams): Promise<number> {
  try {
    const { streams: redirected, close } = redirect(command.redirections, shell, streams);
    try {
      shell.errorLevel = await (command.kind === "group"
        ? run(command.body, shell, redirected)
        : runSimple(command.text, shell, redirected));
    } finally {
      close();
    }
  } catch (error) {
    if (!(error instanceof Win32Error)) throw error;
    writeLine(streams, 2, error.message);
    shell.errorLevel = 1;
  }
  return shell.errorLevel;
}

function runSimple(text: string, shell: Shell, streams: Streams): number | Promise<number> {
  const { name, rest } = splitCommand(text);
  if (name === "") return shell.errorLevel;
  const builtin = builtins[name.toLowerCase()];
  if (builtin !== undefined) return builtin({ rest, shell, streams });
  const called = name.toLowerCase() === "call" ? splitCommand(rest.trimStart()) : { name, rest };
  return runProgram(called.name, called.rest, shell, streams);
}

function runProgram(name: string, rest: string, shell: Shell, streams: Streams): number | Promise<number> {
  const path = findProgram(name, shell);
  if (path === undefined) {
    writeLine(streams, 2, `'${name}' is not recognized as an internal or external command,`);
    writeLine(streams, 2, "operable program or batch file.");
    return 1;
  }
  if (/\.(cmd|bat)$/i.test(path)) return runBatch({ path, rest, shell, streams, runLine });
  const program = shell.programs[path.slice(path.lastIndexOf("\\") + 1).toLowerCase()];
  if (program !== undefined) return program({ path, args: splitArguments(rest), shell, streams });
  writeLine(streams, 2, "This program cannot be run by the simulator.");
  return 1;
}
