/** A command of `pulumi-tableau`, with its subcommand where it has several, such as "simulate start"; and the options that it has or is given. */
export interface OptionsOf {
  readonly command: string;
  readonly options: readonly string[];
}

const option = /(?<![\w-])--[a-z][a-z-]*/g;

/** The commands that `pulumi-tableau --help` lists. */
export function readCommands(help: string): string[] {
  return [...help.matchAll(/^ {2}([a-z]+) {2,}\S/gm)].map(([, name]) => name ?? "");
}

/** What `pulumi-tableau COMMAND --help` prints, by subcommand: `simulate` has one usage for each of them. */
export function readUsage(command: string, help: string): OptionsOf[] {
  const words = [...help.matchAll(new RegExp(`pulumi-tableau ${command} +([a-z]+)\\b`, "g"))].map(([, word]) => word ?? "");
  const usage = help.split("\n\n")[0] ?? "";
  // The lines that explain options; other sentences may name options of other commands.
  const explained = help.match(/^ {2}--.*$/gm)?.join("\n") ?? "";
  if (words.length === 0) return [{ command, options: optionsIn(`${usage}\n${explained}`) }];
  const parts = usage.split(`pulumi-tableau ${command} `).slice(1);
  return [...new Set(words)].map((word) => ({
    command: `${command} ${word}`,
    options: optionsIn(`${parts.filter((part) => part.startsWith(`${word} `)).join("")}\n${explained}`),
  }));
}

/** Every call of `pulumi-tableau` that a text names, its options included, up to the end of that command of the shell. */
export function readCalls(text: string): OptionsOf[] {
  const calls = text.matchAll(/pulumi-tableau +([a-z]+)(?: +([a-z]+))?([^\n`|;&]*)/g);
  return [...calls].map(([, command = "", word = "", rest = ""]) => ({
    command: `${command} ${word}`.trim(),
    options: optionsIn(rest),
  }));
}

/** Options that a text names by themselves, as `--json`. */
export function readBareOptions(text: string): string[] {
  return [...text.matchAll(/`(--[a-z][a-z-]*)[^`]*`/g)].map(([, name]) => name ?? "");
}

export function optionsIn(text: string): string[] {
  return [...new Set(text.match(option) ?? [])];
}
