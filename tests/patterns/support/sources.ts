import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

export const root = join(__dirname, "..", "..", "..");

/** One file of the sources, by its path from the root of the repository. */
export interface Source {
  readonly file: string;
  readonly tree: ts.SourceFile;
}

/** The TypeScript files of some folders, in order. */
export function sourcesOf(folders: readonly string[]): readonly Source[] {
  return folders
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((name) => join(folder, name)))
    .filter((file) => file.endsWith(".ts"))
    .sort()
    .map(readSource);
}

export function readSource(file: string): Source {
  return { file, tree: ts.createSourceFile(file, readFileSync(join(root, file), "utf8"), ts.ScriptTarget.Latest, true) };
}

/** Every node of a file that satisfies a condition. */
export function nodesOf<T extends ts.Node>(tree: ts.SourceFile, holds: (node: ts.Node) => node is T): readonly T[] {
  const found: T[] = [];
  const visit = (node: ts.Node): void => {
    if (holds(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}
