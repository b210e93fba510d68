/** One thing that README.md has a reader do: write a file, or type commands and compare what they print. */
export type ReadmeStep =
  | { readonly kind: "file"; readonly name: string; readonly text: string }
  | { readonly kind: "command"; readonly command: string; readonly shown: readonly string[] };

/**
 * Reads the part of README.md between the two marks. A fence with a title is a file; each line of `sh` is a command; in `console` a line that
 * begins with `$ ` is a command, and the lines after it are what it prints.
 */
export function readSteps(text: string): ReadmeStep[] {
  const part = /<!-- typed: begin -->(.*)<!-- typed: end -->/s.exec(text)?.[1];
  if (part === undefined) throw new Error("The marks of the part that is typed are missing.");
  return [...part.matchAll(/^```(\w+)(?: title="([^"]+)")?\n(.*?)^```$/gms)].flatMap(([, language, title, body]): ReadmeStep[] => {
    const content = body ?? "";
    if (title !== undefined) return [{ kind: "file", name: title, text: content }];
    const lines = content.split("\n").filter((line) => line !== "");
    if (language === "sh") return lines.map((command) => ({ kind: "command", command, shown: [] }));
    return language === "console" ? readConsole(lines) : [];
  });
}

function readConsole(lines: readonly string[]): ReadmeStep[] {
  const starts = lines.flatMap((line, i) => (line.startsWith("$ ") ? [i] : []));
  return starts.map((start, i) => ({
    kind: "command",
    command: lines[start]?.slice(2) ?? "",
    shown: lines.slice(start + 1, starts[i + 1] ?? lines.length),
  }));
}
