import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeTaco } from "../../simulator";

export interface Package {
  readonly fileName: string;
  readonly path: string;
  readonly sha256: string;
  readonly bytes: Buffer;
}

/**
 * Packages of 20 kB, the size of a connector without a driver; those of another version differ in the first one only, and in its
 * size, as what somebody has built anew does.
 */
export function writePackages(folder: string, count: number, version: string): readonly Package[] {
  mkdirSync(folder, { recursive: true });
  return Array.from({ length: count }, (_, index) => {
    const name = `bench${String(index + 1).padStart(3, "0")}_jdbc`;
    const pluginVersion = index === 0 ? version : "1.0.0";
    const filling = incompressible(name, 18_000 + Number.parseInt(pluginVersion, 10));
    const bytes = makeTaco({ class: name, pluginVersion, files: { "icon.png": filling } });
    return writePackage(folder, `${name}.taco`, bytes);
  });
}

/** One package of so many bytes, most of them a file that no compression shortens. */
export function writeLargePackage(folder: string, size: number): Package {
  mkdirSync(folder, { recursive: true });
  const filling = incompressible("large", size);
  return writePackage(folder, "large_jdbc.taco", makeTaco({ class: "large_jdbc", pluginVersion: "1.0.0", files: { "icon.png": filling } }));
}

function writePackage(folder: string, fileName: string, bytes: Buffer): Package {
  const path = join(folder, fileName);
  writeFileSync(path, bytes);
  return { fileName, path, bytes, sha256: createHash("sha256").update(bytes).digest("hex") };
}

// The same bytes for the same seed, so that two runs of a benchmark move the same.
function incompressible(seed: string, size: number): Buffer {
  const blocks: Buffer[] = [];
  for (let length = 0, counter = 0; length < size; length += 64, counter += 1) {
    blocks.push(createHash("sha512").update(`${seed} ${counter}`).digest());
  }
  return Buffer.concat(blocks, size);
}
