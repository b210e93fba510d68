import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { repository } from "../../support";

/** A folder for PATH in which the engine finds the plugin, as npm makes it with its `bin`. */
export function pluginFolder(): string {
  const folder = join(repository, ".work", `plugin-${String(process.pid)}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  symlinkSync(join(repository, "dist/pulumi-resource-tableau.js"), join(folder, "pulumi-resource-tableau"));
  return folder;
}
