#!/usr/bin/env node
import { TableauError } from "../vocabulary/error";
import { printable } from "../vocabulary/printable";
import { packageVersion } from "./package-version";
import { UsageError, type CliCommand, type CliOutput } from "./command";
import type * as Adopt from "./adopt";
import type * as Doctor from "./doctor";
import type * as Fleet from "./fleet";
import type * as History from "./history";
import type * as Inspect from "./inspect";
import type * as Restore from "./restore";
import type * as Retry from "./retry";
import type * as Simulate from "./simulate";
import type * as Trust from "./trust";
import type * as Verify from "./verify";

interface Entry {
  /** For the list of commands: one line. */
  readonly summary: string;
  /** Loads the command; the others stay unloaded, so that each starts fast. */
  load(): CliCommand;
}

/* eslint-disable @typescript-eslint/no-require-imports -- an import would load every command at the start */
const commands: Readonly<Record<string, Entry>> = {
  verify: { summary: "verify the signature of packages", load: () => (require("./verify") as typeof Verify).verify },
  inspect: { summary: "show what a package says of itself", load: () => (require("./inspect") as typeof Inspect).inspect },
  trust: { summary: "fetch the trust store of a server", load: () => (require("./trust") as typeof Trust).trust },
  adopt: {
    summary: "write a program from what a server has that was set up by hand",
    load: () => (require("./adopt") as typeof Adopt).adopt,
  },
  doctor: { summary: "say what would stop an `up` on a server", load: () => (require("./doctor") as typeof Doctor).doctor },
  fleet: { summary: "say what runs where, and what of it needs a person", load: () => (require("./fleet") as typeof Fleet).fleet },
  history: { summary: "list every package that a server's store holds", load: () => (require("./history") as typeof History).history },
  restore: { summary: "bring back a package that was replaced or removed", load: () => (require("./restore") as typeof Restore).restore },
  retry: { summary: "let a set that was rolled back be tried again", load: () => (require("./retry") as typeof Retry).retry },
  simulate: { summary: "run a simulated Tableau Server", load: () => (require("./simulate") as typeof Simulate).simulate },
};
/* eslint-enable @typescript-eslint/no-require-imports */

/** The `pulumi-tableau` command line: hands over to the command that is named first, and tells the exit status. */
export async function main(args: readonly string[], terminal: CliOutput): Promise<number> {
  // Names of files, packages and people stand in what commands print: here it all passes.
  const output: CliOutput = { out: (text) => terminal.out(printable(text)), err: (text) => terminal.err(printable(text)) };
  const [name = "--help", ...rest] = args;
  if (name === "--help" || name === "-h" || name === "help") {
    output.out(help());
    return 0;
  }
  if (name === "--version") {
    output.out(`${packageVersion()}\n`);
    return 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    output.err(`There is no command "${name}".\n\n${help()}`);
    return 2;
  }
  try {
    return await command.load().run(rest, output);
  } catch (error) {
    output.err(`${sentenceOf(error)}\n`);
    return isUsage(error) ? 2 : 1;
  }
}

/** With the code under which docs/errors.md answers it. */
function sentenceOf(error: unknown): string {
  if (error instanceof TableauError) return `${error.message} (${error.code})`;
  return (error instanceof Error ? error.message : String(error)).trimEnd();
}

function isUsage(error: unknown): boolean {
  if (error instanceof UsageError) return true;
  // What node:util's parseArgs says of an unknown option.
  return error instanceof Error && !(error instanceof TableauError) && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
}

function help(): string {
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(10)}${summary}\n`);
  return `usage: pulumi-tableau COMMAND ...\n\n${lines.join("")}\nEach command explains itself with --help. --version prints the version of this package.\n`;
}

if (require.main === module) {
  const output = { out: (text: string) => void process.stdout.write(text), err: (text: string) => void process.stderr.write(text) };
  // A reader that has seen enough, such as `head`, is no error.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit();
  });
  void main(process.argv.slice(2), output).then((status) => (process.exitCode = status));
}
