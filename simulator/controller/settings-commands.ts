import { writeFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import type { Command } from "./context";

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

export const settingsCommands: readonly Command[] = [exportSettings];
