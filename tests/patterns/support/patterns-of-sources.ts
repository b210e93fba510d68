import ts from "typescript";
import { nodesOf, type Source, sourcesOf } from "./sources";

/** One regular expression of the sources. */
export interface Pattern {
  readonly source: string;
  readonly flags: string;
  /** Where it stands, such as "provider/tsm/parse-jobs.ts:26"; of several places the first. */
  readonly place: string;
}

/** Every regular expression in files of these folders, each once. */
export function patternsOf(folders: readonly string[]): readonly Pattern[] {
  const patterns = sourcesOf(folders).flatMap(patternsOfFile);
  return [...new Map(patterns.reverse().map((pattern) => [`/${pattern.source}/${pattern.flags}`, pattern])).values()].reverse();
}

function patternsOfFile({ file, tree }: Source): readonly Pattern[] {
  return nodesOf(tree, ts.isRegularExpressionLiteral).map((node) => {
    const end = node.text.lastIndexOf("/");
    const line = tree.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    return { source: node.text.slice(1, end), flags: node.text.slice(end + 1), place: `${file}:${String(line)}` };
  });
}
