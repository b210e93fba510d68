import { readFileSync, writeFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { makePending } from "./configuration-commands";
import type { Command } from "./context";
import { knownKeys } from "./keys";
import { unknownKeySet } from "./texts";

const exportSettings: Command = {
  words: ["settings", "export"],
  options: [{ long: "output-config-file", short: "f", argument: "value" }],
  required: ["output-config-file"],
  run({ call, console, nodes, options, server }) {
    const name = options.get("output-config-file") ?? "";
    const path = isAbsolute(name) ? name : join(call.folder, name);
    const root = nodes.find((node) => node.name === call.node)?.fileRoot ?? "/";
    const settings = {
      configEntities: {},
      configKeys: server.record.applied,
      topologyVersion: { nodes: Object.fromEntries(nodes.map((node) => [node.name, {}])) },
    };
    try {
      writeFileSync(join(root, path), `${JSON.stringify(settings, undefined, 2)}\n`, { mode: 0o644 });
      return 0;
    } catch (error) {
      console.error(`The file ${path} could not be written: ${error instanceof Error ? error.message : String(error)}`);
      return 1;
    }
  },
};

/**
 * Makes the keys of a file pending. The tsm of the node reads it, as the user who calls.
 *
 * @see https://help.tableau.com/current/server-linux/en-us/cli_settings_tsm.htm
 */
const importSettings: Command = {
  words: ["settings", "import"],
  options: [
    { long: "import-config-file", short: "f", argument: "value" },
    { long: "config-only", argument: "none" },
    { long: "topology-only", argument: "none" },
    { long: "force-keys", short: "frc", argument: "none" },
  ],
  required: ["import-config-file"],
  run(context) {
    const { call, console, nodes, options, switches } = context;
    const name = options.get("import-config-file") ?? "";
    const path = isAbsolute(name) || /^[A-Za-z]:/.test(name) ? name.replaceAll("\\", "/") : join(call.folder, name);
    const root = nodes.find((node) => node.name === call.node)?.fileRoot ?? "/";
    const keys = readConfigKeys(join(root, path));
    if (typeof keys === "string") {
      console.error(`The file ${path} could not be imported: ${keys}`);
      return 1;
    }
    const unknown = Object.keys(keys).filter((key) => !knownKeys(switches).includes(key));
    if (unknown.length > 0 && !options.has("force-keys")) {
      console.error(...unknownKeySet(unknown.join(", ")));
      return 1;
    }
    if (options.has("topology-only")) return 0;
    for (const [key, value] of Object.entries(keys)) makePending(context, key, value);
    return 0;
  },
};

/** The keys of a settings file, or why it is none. */
function readConfigKeys(path: string): Readonly<Record<string, string>> | string {
  try {
    const { configKeys = {} } = JSON.parse(readFileSync(path, "utf8")) as { configKeys?: Record<string, unknown> };
    return Object.fromEntries(Object.entries(configKeys).map(([key, value]) => [key, String(value)]));
  } catch (error) {
    return error instanceof SyntaxError ? "it is no JSON" : "it cannot be read";
  }
}

export const settingsCommands: readonly Command[] = [exportSettings, importSettings];
