import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { isSetting, switchSettings, type ClusterOptions, type Login, type Platform, type Transport } from "../../simulator";
import { UsageError } from "./command";

const logins: readonly string[] = ["root", "sudo", "tsmadmin"] satisfies Login[];
const platforms: readonly string[] = ["linux", "windows"] satisfies Platform[];
const transports: readonly string[] = ["openssh", "builtin", "local"] satisfies Transport[];

/** The options of `simulate start`, for the usage line. */
export const startOptions = `[--nodes N] [--version V] [--platform ${platforms.join("|")}] [--login ${logins.join("|")}]
         [--transport ${transports.join("|")}] [--name NAME] [--stopped] [--job-milliseconds N] [--switch NAME=VALUE]...
         [--print all|servers]`;

/** Reads the options of `simulate start`. */
export function clusterOptions(args: readonly string[]): ClusterOptions {
  const values = parse(args);
  const directory = values.dir;
  if (directory === undefined || directory === "") throw new UsageError("--dir DIR is missing: the folder of the cluster.");
  return {
    directory: resolve(directory),
    ...(values.name === undefined ? {} : { name: values.name }),
    ...(values.nodes === undefined ? {} : { nodes: count("--nodes", values.nodes) }),
    ...(values.version === undefined
      ? {}
      : { version: matching("--version", values.version, /^20\d\d\.[1-4]$/, "a release such as 2024.2") }),
    ...(values.platform === undefined ? {} : { platform: oneOf("--platform", values.platform, platforms) as Platform }),
    ...(values.login === undefined ? {} : { login: oneOf("--login", values.login, logins) as Login }),
    ...(values.transport === undefined ? {} : { transport: oneOf("--transport", values.transport, transports) as Transport }),
    ...(values["job-milliseconds"] === undefined ? {} : { jobMilliseconds: count("--job-milliseconds", values["job-milliseconds"]) }),
    ...(values.stopped === true ? { running: false } : {}),
    switches: Object.fromEntries((values.switch ?? []).map(switchSetting)),
  };
}

/** What `simulate start` prints: everything, or what the plugin's configuration takes as `tableau:servers`. */
export function printed(args: readonly string[]): "all" | "servers" {
  return oneOf("--print", parse(args).print ?? "all", ["all", "servers"]) === "servers" ? "servers" : "all";
}

const known = {
  dir: { type: "string" },
  name: { type: "string" },
  nodes: { type: "string" },
  version: { type: "string" },
  platform: { type: "string" },
  login: { type: "string" },
  transport: { type: "string" },
  stopped: { type: "boolean" },
  "job-milliseconds": { type: "string" },
  switch: { type: "string", multiple: true },
  print: { type: "string" },
} as const;

function parse(args: readonly string[]): ReturnType<typeof parseArgs<{ options: typeof known }>>["values"] {
  try {
    return parseArgs({ args: [...args], options: known }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function switchSetting(text: string): [string, string] {
  const [name = "", ...rest] = text.split("=");
  const value = rest.join("=");
  if (isSetting(name, value)) return [name, value];
  const settings: readonly string[] | undefined = (switchSettings as Readonly<Record<string, readonly string[]>>)[name];
  if (settings === undefined) throw new UsageError(`There is no switch "${name}". There are: ${Object.keys(switchSettings).join(", ")}.`);
  throw new UsageError(`The switch "${name}" has no setting "${value}". It has: ${settings.join(", ")}.`);
}

function count(option: string, text: string): number {
  return Number(matching(option, text, /^[1-9]\d*$/, "a number from 1 on"));
}

function oneOf(option: string, text: string, allowed: readonly string[]): string {
  if (allowed.includes(text)) return text;
  throw new UsageError(`${option} is "${text}", but must be one of ${allowed.join(", ")}.`);
}

function matching(option: string, text: string, pattern: RegExp, what: string): string {
  if (pattern.test(text)) return text;
  throw new UsageError(`${option} is "${text}", but must be ${what}.`);
}
