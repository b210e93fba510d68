import { short } from "../../plan/describe/describe-step";
import { printableLine } from "../../vocabulary/printable";
import type { Cell, Fleet, Place, Row } from "./fleet.types";
import { count, describeFleet, describeNodes, describeProduct, describeSeen, kindWords, stateWords } from "./words";

const gap = "  ";

/** A fleet for a terminal: what needs a person, then what runs where, as many columns beside each other as fit. */
export function renderTable(fleet: Fleet, width: number): string {
  const { findings, notKnown, places, rows } = fleet;
  const act = findings.filter(({ severity }) => severity === "act");
  const notes = findings.filter(({ severity }) => severity === "note");
  const needs = act.length === 0 ? "nothing needs a person" : `${count(act.length, "thing")} need${act.length === 1 ? "s" : ""} a person`;
  const lines = [
    `${describeFleet(fleet)}, ${fleet.source === "nodes" ? "as the nodes say now" : "as Pulumi saw them last"}: ${needs}.`,
    ...section(act.map((one) => [kindWords[one.kind], sentence(one.text, one.next)])),
    ...section(notes.map((one) => ["note", sentence(one.text, one.next)])),
    ...(places.length === 0 ? [] : ["", ...table(places, rows, fleet.at, width)]),
    ...section(notKnown.map((one) => ["not known", sentence([...whose(one.stack, one.place, places), one.text].join(": "), null)])),
  ];
  return `${lines.map((line) => line.trimEnd()).join("\n")}\n`;
}

function section(rows: readonly (readonly [string, string])[]): string[] {
  if (rows.length === 0) return [];
  return ["", ...rows.map(([label, text]) => `${label.padEnd(18)}${text}`)];
}

function sentence(text: string, next: string | null): string {
  return printableLine(next === null ? text : `${text} ${next}`);
}

function whose(stack: string | null, id: string | null, places: readonly Place[]): string[] {
  const place = places.find((one) => one.id === id);
  return [...(stack === null ? [] : [stack]), ...(place === undefined ? [] : [place.name])];
}

function table(places: readonly Place[], rows: readonly Row[], now: string, width: number): string[] {
  const names = ["", ...rows.map(({ name }) => printableLine(name))];
  const first = widest(names);
  const columns = places.map((place) => columnOf(place, rows, now));
  return blocksOf(columns, width - first).flatMap((block, i) => {
    const heads = headLines.map((line) => ["", ...block.map(({ head }) => head[line] ?? "")]);
    const body = rows.map((row, r) => [names[r + 1] ?? row.name, ...block.map(({ cells }) => cells[r] ?? "")]);
    const widths = [first, ...block.map(({ width: own }) => own)];
    const lines = [...heads, widths.map((own) => "-".repeat(own)), ...body];
    return [...(i === 0 ? [] : [""]), ...lines.map((line) => line.map((text, c) => text.padEnd(widths[c] ?? 0)).join(gap))];
  });
}

const headLines = [0, 1, 2, 3, 4];

interface Column {
  readonly head: readonly string[];
  readonly cells: readonly string[];
  readonly width: number;
}

function columnOf(place: Place, rows: readonly Row[], now: string): Column {
  const head = [place.name, place.stack, describeProduct(place), describeNodes(place) ?? "", describeSeen(place.seen, now)].map(
    printableLine,
  );
  const cells = rows.map(
    (row) =>
      row.cells
        .filter((cell) => cell.place === place.id)
        .map(describeCell)
        .join("; ") || "-",
  );
  return { head, cells, width: widest([...head, ...cells]) };
}

function describeCell({ version, sha256, states }: Cell): string {
  const other = states.filter((state) => state !== "current").map((state) => stateWords[state]);
  return printableLine(
    [...(version === null ? [] : [version]), short(sha256), ...(other.length === 0 ? [] : [`[${other.join(", ")}]`])].join(" "),
  );
}

function widest(texts: readonly string[]): number {
  return texts.reduce((most, { length }) => Math.max(most, length), 0);
}

// At least one column, however narrow the terminal is.
function blocksOf(columns: readonly Column[], width: number): Column[][] {
  const blocks: Column[][] = [];
  let used = 0;
  for (const column of columns) {
    const last = blocks.at(-1);
    used += column.width + gap.length;
    if (last !== undefined && used <= width) {
      last.push(column);
      continue;
    }
    blocks.push([column]);
    used = column.width + gap.length;
  }
  return blocks;
}
