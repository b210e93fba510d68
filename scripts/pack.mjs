// Builds the library and packs it, as it would be published.
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/** Gives the packed file, its digest, and the paths in it with their sizes. */
export function pack(destination) {
  mkdirSync(destination, { recursive: true });
  execFileSync("npm", ["run", "--silent", "build"], { cwd: root, stdio: ["ignore", 2, 2] });
  const options = ["--json", "--ignore-scripts", "--pack-destination", destination];
  const [packed] = JSON.parse(execFileSync("npm", ["pack", ...options], { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", 2] }));
  return { file: join(destination, packed.filename), digest: packed.integrity, files: packed.files };
}
