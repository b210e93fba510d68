import { isAtLeast } from "../release";
import type { Command, Context } from "./context";
import { dynamicKeys, knownKeys, similarKeys } from "./keys";
import { unknownKey, unknownKeySet, unsetValues } from "./texts";

const key = { long: "key", short: "k", argument: "value" } as const;

const get: Command = {
  words: ["configuration", "get"],
  options: [key],
  required: ["key"],
  run(context) {
    const { console, server, switches } = context;
    const name = context.options.get("key") ?? "";
    const value = server.record.applied[name];
    const isKnown = knownKeys(switches).includes(name);
    if (value !== undefined && (isKnown || switches.forcedKeyAnswer === "value")) console.line(value);
    else if (isKnown) console.line(unsetValues[switches.unsetValue]);
    else {
      const short = value !== undefined && switches.forcedKeyAnswer === "unknown-short";
      console.error(...unknownKey(name, short ? [] : similarKeys(name, switches)));
      return Number(switches.unknownKeyExit);
    }
    return 0;
  },
};

const set: Command = {
  words: ["configuration", "set"],
  options: [
    key,
    { long: "value", short: "v", argument: "value" },
    { long: "force-keys", short: "frc", argument: "none" },
    { long: "default", short: "d", argument: "none" },
  ],
  required: ["key"],
  async run(context) {
    const { console, options, switches } = context;
    const name = options.get("key") ?? "";
    const isKnown = knownKeys(switches).includes(name);
    if (options.has("default")) return reset(context, name, isKnown ? "known" : "forced");
    const value = options.get("value") ?? (await askForValue(context));
    if (value === undefined) return 1;
    if (!isKnown && !options.has("force-keys")) {
      console.error(...unknownKeySet(name));
      return 1;
    }
    makePending(context, name, value);
    if (switches.setOutput === "sentence") console.line("Configuration value was set.");
    if (switches.setOutput === "echo") console.line(`${name}=${value}`);
    return 0;
  },
};

// From these releases on, a set without -v prompts.
async function askForValue({ console, release }: Context): Promise<string | undefined> {
  if (!isAtLeast(release, "2021.3")) {
    console.error("Missing required option: v");
    return undefined;
  }
  const value = await console.ask("Enter value: ");
  if (value === undefined) console.error("No value was given.");
  return value;
}

function reset(context: Context, name: string, kind: "known" | "forced"): number {
  const { console, server, switches, options } = context;
  if (kind === "forced" && (switches.resetForced === "refused" || !options.has("force-keys"))) {
    console.error(...unknownKeySet(name));
    return 1;
  }
  if (kind === "forced" && switches.resetForced === "ignored") return 0;
  if (server.record.applied[name] === undefined) delete server.record.pending[name];
  else server.record.pending[name] = null;
  server.save();
  return 0;
}

/** Makes a value of a key pending. */
export function makePending({ console, server, switches }: Context, name: string, value: string): void {
  const { applied, pending } = server.record;
  if (applied[name] !== value) pending[name] = value;
  else if (pending[name] === undefined) {
    if (switches.equalSet === "pending") pending[name] = value;
    if (switches.equalSet === "warns") console.line(`The key ${name} has that value already.`);
  } else {
    if (switches.setBack === "pending") pending[name] = value;
    if (switches.setBack === "vanishes") delete pending[name];
  }
  server.save();
}

const listDynamicKeys: Command = {
  words: ["configuration", "list-dynamic-keys"],
  options: [],
  run({ console }) {
    console.line(...dynamicKeys());
    return 0;
  },
};

export const configurationCommands: readonly Command[] = [get, set, listDynamicKeys];
