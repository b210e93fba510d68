#!/usr/bin/env node
import { UsageError, type CliCommand, type CliOutput } from "./command";
import { simulate } from "./simulate";

const commands: Readonly<Record<string, CliCommand>> = { simulate };

/** The `pulumi-tableau` command line: hands over to the command that is named first, and tells the exit status. */
export async function main(args: readonly string[], output: CliOutput): Promise<number> {
  const [name = "--help", ...rest] = args;
  if (name === "--help" || name === "-h" || name === "help") {
    output.out(help());
    return 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    output.err(`There is no command "${name}".\n\n${help()}`);
    return 2;
  }
  try {
    return await command.run(rest, output);
  } catch (error) {
    output.err(`${error instanceof Error ? error.message : String(error)}\n`);
    return error instanceof UsageError ? 2 : 1;
  }
}

function help(): string {
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(10)}${summary}\n`);
  return `usage: pulumi-tableau COMMAND ...\n\n${lines.join("")}\nEach command explains itself with --help.\n`;
}

if (require.main === module) {
  const output = { out: (text: string) => void process.stdout.write(text), err: (text: string) => void process.stderr.write(text) };
  void main(process.argv.slice(2), output).then((status) => (process.exitCode = status));
}
