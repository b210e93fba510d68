/**
 * The first line of `shown` that `printed` does not have, in this order; undefined if it has all of them. `…` stands for any lines, else the
 * lines must follow each other. The sections of one list of diagnostics come in any order, and others may stand between them: the engine
 * prints them as they come. What differs from run to run (durations, digests, ports) is not compared.
 */
export function findMissing(shown: readonly string[], printed: string): string | undefined {
  const lines = meaningful(printed.split("\n"));
  let from = 0;
  for (const block of split(meaningful(shown))) {
    const found = block[0] === "Diagnostics:" ? findDiagnostics(block, lines, from) : findBlock(block, lines, from);
    if (typeof found === "string") return found;
    from = found;
  }
  return undefined;
}

/** The index after the block's lines; a text: what is missing. */
function findBlock(block: readonly string[], lines: readonly string[], from: number): number | string {
  const at = lines.findIndex((_, i) => i >= from && block.every((line, j) => lines[i + j] === line));
  return at < 0 ? (block.find((line) => !lines.includes(line, from)) ?? block.join("\n")) : at + block.length;
}

function findDiagnostics(block: readonly string[], lines: readonly string[], from: number): number | string {
  const at = lines.indexOf("Diagnostics:", from);
  if (at < 0) return "Diagnostics:";
  const length = lines.slice(at + 1).findIndex((line) => !line.startsWith(" "));
  const end = length < 0 ? lines.length : at + 1 + length;
  const printed = sections(lines.slice(at + 1, end));
  const missing = sections(block.slice(1)).find((section) => !printed.includes(section));
  return missing ?? end;
}

/** What is said of each resource: a line of two blanks, and the lines that are indented further. */
function sections(lines: readonly string[]): string[] {
  return lines
    .join("\n")
    .split(/\n(?= {2}\S)/)
    .filter((section) => section !== "");
}

/** What must follow each other; a list of diagnostics by itself. */
function split(lines: readonly string[]): string[][] {
  const blocks: string[][] = [[]];
  for (const line of lines) {
    const before = blocks.at(-1) ?? [];
    const endsDiagnostics = before[0] === "Diagnostics:" && !line.startsWith(" ");
    if (line.trim() === "…") blocks.push([]);
    else if (line === "Diagnostics:" || endsDiagnostics) blocks.push([line]);
    else before.push(line);
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
