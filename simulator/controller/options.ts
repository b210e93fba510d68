/** An option of a command, named as Apache Commons CLI names them. */
export interface OptionSpec {
  readonly long: string;
  readonly short?: string;
  readonly argument: "value" | "none";
}

export const globalOptions: readonly OptionSpec[] = [
  { long: "help", short: "h", argument: "none" },
  { long: "server", short: "s", argument: "value" },
  { long: "username", short: "u", argument: "value" },
  { long: "password", short: "p", argument: "value" },
  { long: "trust-admin-controller-cert", argument: "none" },
  { long: "request-timeout", argument: "value" },
];

/** What was given: the values by long name, "" where an option takes none. */
export type ParsedOptions = ReadonlyMap<string, string>;

/** Reads the options of a command. A string is the message of what is wrong with them. */
export function parseOptions(args: readonly string[], specs: readonly OptionSpec[]): ParsedOptions | string {
  const parsed = new Map<string, string>();
  const all = [...specs, ...globalOptions];
  for (let index = 0; index < args.length; index++) {
    const word = args[index] ?? "";
    const equals = word.startsWith("--") ? word.indexOf("=") : -1;
    const name = equals < 0 ? word : word.slice(0, equals);
    const spec = all.find(({ long, short }) => name === `--${long}` || (short !== undefined && name === `-${short}`));
    if (spec === undefined) return word.startsWith("-") ? `Unrecognized option: ${word}` : `Unrecognized argument: ${word}`;
    if (spec.argument === "none") parsed.set(spec.long, "");
    else if (equals >= 0) parsed.set(spec.long, word.slice(equals + 1));
    else if (index + 1 < args.length) parsed.set(spec.long, args[++index] ?? "");
    else return `Missing argument for option: ${spec.short ?? spec.long}`;
  }
  return parsed;
}
