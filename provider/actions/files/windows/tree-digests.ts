import { createHash } from "node:crypto";
import type { WindowsMachine } from "../../../host/windows/machine";
import { inBatches } from "./in-batches";
import { listTree } from "./list-tree";

/**
 * The digest of each folder of an unpacked connector, as docs/placement.md has it; null: there is no such folder, or
 * something in it cannot be read.
 */
export async function treeDigests(machine: WindowsMachine, folders: readonly string[]): Promise<readonly (string | null)[]> {
  const trees = await inBatches(folders, (folder) => listTree(machine.files, folder));
  const paths = trees.map((tree) => tree?.map(({ path }) => path).sort((a, b) => Buffer.from(a).compare(Buffer.from(b))) ?? null);
  const digests = await machine.digests(paths.flatMap((inside, i) => inside?.map((path) => `${folders[i] ?? ""}/${path}`) ?? []));
  let at = 0;
  return paths.map((inside) => {
    if (inside === null) return null;
    const own = digests.slice(at, (at += inside.length));
    if (own.includes(null)) return null;
    const lines = inside.map((path, i) => `${own[i] ?? ""}  ./${path}\n`);
    return createHash("sha256").update(lines.join("")).digest("hex");
  });
}
