import type { WindowsFiles } from "../../../host/windows/files";
import type { ByteSource } from "./byte-source";

/**
 * Writes the files of an unpacked connector as they come: a line with their count, and for each a line with size and path and
 * then its bytes.
 *
 * @returns whether they came whole and all belong below the folder.
 * @throws FileFailure
 */
export async function unpackTree(files: WindowsFiles, source: ByteSource, folder: string): Promise<"unpacked" | "unusable"> {
  const made = new Set<string>();
  for (let left = Number(await source.line()); left > 0; left -= 1) {
    const [, size, path = ""] = /^(\d+) (.+)$/.exec(await source.line()) ?? [];
    if (size === undefined || /[\\:]/.test(path) || path.split("/").some((name) => name === "" || /^\.+$/.test(name))) return "unusable";
    const file = `${folder}/${path}`;
    const above = file.replace(/\/[^/]*$/, "");
    if (!made.has(above)) await files.makeFolder(above);
    made.add(above);
    await files.write(file, source.take(Number(size)));
  }
  return made.size === 0 ? "unusable" : "unpacked";
}
