import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The folder of this package, whether this file runs from `simulator/` or from `dist/simulator/`. */
export function packageRoot(): string {
  for (let folder = __dirname; folder !== dirname(folder); folder = dirname(folder)) {
    if (isOurs(join(folder, "package.json"))) return folder;
  }
  throw new Error("The folder of the package pulumi-tableau was not found.");
}

function isOurs(file: string): boolean {
  return existsSync(file) && (JSON.parse(readFileSync(file, "utf8")) as { name?: string }).name === "pulumi-tableau";
}
