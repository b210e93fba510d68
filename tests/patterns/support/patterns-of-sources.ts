import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

/** One regular expression of the sources. */
export interface Pattern {
  readonly source: string;
  readonly flags: string;
  /** Where it stands, such as "provider/tsm/parse-jobs.ts:26"; of several places the first. */
  readonly place: string;
}

const root = join(__dirname, "..", "..", "..");

/** Every regular expression in files of these folders, each once. */
export function patternsOf(folders: readonly string[]): readonly Pattern[] {
  const patterns = folders.flatMap((folder) => sourcesOf(folder).flatMap(patternsOfFile));
  return [...new Map(patterns.reverse().map((pattern) => [`/${pattern.source}/${pattern.flags}`, pattern])).values()].reverse();
}

function sourcesOf(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(folder, name))
    .sort();
}

function patternsOfFile(file: string): readonly Pattern[] {
  const source = ts.createSourceFile(file, readFileSync(join(root, file), "utf8"), ts.ScriptTarget.Latest, true);
  const found: Pattern[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf("/");
      const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      found.push({ source: node.text.slice(1, end), flags: node.text.slice(end + 1), place: `${file}:${String(line)}` });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
