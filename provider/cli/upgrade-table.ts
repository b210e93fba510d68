import type { UpgradeForecast, UpgradeRow } from "../lifecycle/upgrade/foresee-upgrade";
import { printableLine } from "../vocabulary/printable";

const words = { stops: "STOPS", starts: "starts", note: "note", keeps: "ok" } as const;

/** What an upgrade would do, as one table: a line for each thing, below it why, and what to do now. */
export function upgradeTable({ server, from, to, rows }: UpgradeForecast, nodes: readonly string[]): string {
  const cells = rows.map((row) => [words[row.state], nameOf(row), row.plugin, whereOf(row, nodes)].map(printableLine));
  const widths = [0, 1, 2].map((column) => cells.reduce((widest, line) => Math.max(widest, line[column]?.length ?? 0), 0));
  const lines = rows.map((row, i) => {
    const line = (cells[i] ?? []).map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ");
    const below = [row.text, row.next].filter((text) => text !== "").map((text) => `${" ".repeat(8)}${printableLine(text)}\n`);
    return `${line.trimEnd()}\n${below.join("")}`;
  });
  return [`${printableLine(server)}: Tableau Server ${from}, to be upgraded to ${to}.\n\n`, ...lines, `\n${summary(rows)}\n`].join("");
}

/** Whether something would stop working. */
export function breaks(rows: readonly UpgradeRow[]): boolean {
  return rows.some(({ state }) => state === "stops");
}

function nameOf({ directory, name, kind }: UpgradeRow): string {
  if (kind === "key") return directory === "" ? name : `${name} ${directory}`;
  return directory === "" ? name : `${directory}/${name}`;
}

function whereOf(row: UpgradeRow, nodes: readonly string[]): string {
  if (row.nodes.length === 0) return "";
  return nodes.every((node) => row.nodes.includes(node)) ? "every node" : row.nodes.join(", ");
}

function summary(rows: readonly UpgradeRow[]): string {
  const stopping = rows.filter(({ state }) => state === "stops").length;
  if (stopping === 0) return "Nothing would stop working.";
  return stopping === 1 ? "1 thing would stop working." : `${String(stopping)} things would stop working.`;
}
