import type { WindowsMachine } from "../../../host/windows/machine";
import { copyFiles } from "./copy-files";
import { listTree } from "./list-tree";

/**
 * Copies a folder to where there is none, on the machine itself. Whether it went well is for the caller to see by its digest.
 *
 * @throws FileFailure where a folder cannot be made.
 */
export async function copyTree(machine: WindowsMachine, from: string, to: string): Promise<void> {
  const { files } = machine;
  const inside = (await listTree(files, from)) ?? [];
  const folders = new Set(inside.map(({ path }) => `${to}/${path}`.replace(/\/[^/]*$/, "")));
  for (const folder of [to, ...folders]) await files.makeFolder(folder);
  const place = ({ path }: { readonly path: string }): { from: string; to: string } => ({ from: `${from}/${path}`, to: `${to}/${path}` });
  await copyFiles(machine, inside.filter(({ size }) => size > 0).map(place));
  // `copy` is not said to take files without bytes.
  for (const { path } of inside.filter(({ size }) => size === 0)) await files.write(`${to}/${path}`, Buffer.alloc(0));
}
