import { foldName, foldPath, isWindowsPath } from "../../vocabulary/node-path";
import type { ConfirmedFile, RecordedFile, ServerRecord } from "../record/record";
import type { SeenServer } from "../seen";

/** How the program spells what may be seen in other spellings. */
export interface Spelling {
  readonly directories: readonly string[];
  readonly fileNames: readonly string[];
}

/**
 * What was seen, with the directories and file names of Windows nodes spelled as the program spells them: there `Click.taco`
 * and `click.taco` are one file, and a plan compares texts. What the program does not name keeps its spelling, and nothing
 * is changed on Linux.
 */
export function spellAlike(seen: SeenServer, { directories, fileNames }: Spelling): SeenServer {
  if (!directories.some(isWindowsPath)) return seen;
  const byPath = new Map(directories.map((path) => [foldPath(path), path]));
  const byName = new Map(fileNames.map((name) => [foldName("C:/", name), name]));
  const directory = (path: string): string => byPath.get(foldPath(path)) ?? path;
  const fileName = (name: string): string => byName.get(foldName("C:/", name)) ?? name;
  return {
    ...seen,
    nodes: seen.nodes.map((node) => ({
      ...node,
      packages: node.packages.map((found) => ({ ...found, directory: directory(found.directory), fileName: fileName(found.fileName) })),
      directories: node.directories.map((one) => ({ ...one, path: directory(one.path) })),
    })),
    record: seen.record === null ? null : spellRecord(seen.record, directory, fileName),
  };
}

function spellRecord(record: ServerRecord, directory: (path: string) => string, fileName: (name: string) => string): ServerRecord {
  const file = (one: RecordedFile): RecordedFile => ({
    ...one,
    directory: directory(one.directory),
    ...(one.directories === undefined ? {} : { directories: one.directories.map(directory) }),
  });
  // A name alone, or with its folder before it.
  const confirmedName = (name: string): string => {
    const [, folder, last = name] = /^(.*)\/([^/]*)$/.exec(name) ?? [];
    return folder === undefined ? fileName(last) : `${directory(folder)}/${fileName(last)}`;
  };
  return {
    ...record,
    files: Object.fromEntries(Object.entries(record.files).map(([name, one]) => [fileName(name), file(one)])),
    confirmed: Object.fromEntries(
      Object.entries(record.confirmed).map(([node, files]): [string, Record<string, ConfirmedFile>] => [
        node,
        Object.fromEntries(Object.entries(files).map(([name, one]) => [confirmedName(name), one])),
      ]),
    ),
  };
}
