import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { repository } from "../../support";

let made: string | undefined;

/** A folder for PATH in which the engine finds the plugin, as npm makes it with its `bin`. */
export function pluginFolder(): string {
  made ??= make(join(repository, ".work", `plugin-${String(process.pid)}`));
  return made;
}

function make(folder: string): string {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  symlinkSync(join(repository, "dist/pulumi-resource-tableau.js"), join(folder, "pulumi-resource-tableau"));
  return folder;
}
