import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The version of this package, wherever it is installed or built. */
export function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(nearestPackage(__dirname), "utf8")) as { readonly version: string };
  return version;
}

// The built files lie one folder deeper than the sources.
function nearestPackage(folder: string): string {
  const file = join(folder, "package.json");
  return existsSync(file) ? file : nearestPackage(dirname(folder));
}
