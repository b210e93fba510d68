/**
 * The first line of `shown` that `printed` does not have, in this order; undefined if it has all of them. `…` stands for any lines, else the
 * lines must follow each other. What differs from run to run (durations, digests, ports) is not compared.
 */
export function findMissing(shown: readonly string[], printed: string): string | undefined {
  const lines = meaningful(printed.split("\n"));
  const blocks = split(meaningful(shown));
  let from = 0;
  for (const block of blocks) {
    const at = lines.findIndex((_, i) => i >= from && block.every((line, j) => lines[i + j] === line));
    if (at < 0) return block.find((line) => !lines.includes(line, from)) ?? block.join("\n");
    from = at + block.length;
  }
  return undefined;
}

function split(lines: readonly string[]): string[][] {
  const blocks: string[][] = [[]];
  for (const line of lines) {
    if (line.trim() === "…") blocks.push([]);
    else blocks.at(-1)?.push(line);
  }
  return blocks.filter((block) => block.length > 0);
}

// The engine's dots of progress come and go.
function meaningful(lines: readonly string[]): string[] {
  return lines.map(normalise).filter((line) => line !== "" && !line.startsWith("@ "));
}

function normalise(line: string): string {
  return line
    .replaceAll("\u00a0", " ")
    .replace(/\b[0-9a-f]{64}\b|\b[0-9a-f]{8}\b/g, "DIGEST")
    .replace(/\b\d+(\.\d+)?s\b/g, "SECONDS")
    .replace(/\s+$/, "");
}
