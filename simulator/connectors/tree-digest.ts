import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Digest of a folder: over what `find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum` prints in it.
 *
 * The simulator's own: a mistake of the provider must not be repeated here.
 */
export function treeDigest(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((file) => Buffer.from(`.${join(file.parentPath, file.name).slice(folder.length)}`)).sort((a, b) => a.compare(b));
  const lines = paths.map((path) => {
    const sum = createHash("sha256")
      .update(readFileSync(join(folder, path.toString())))
      .digest("hex");
    return `${sum}  ${path.toString()}\n`;
  });
  return createHash("sha256").update(lines.join("")).digest("hex");
}
