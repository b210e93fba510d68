import type { Row } from "../jobs/job";
import { spread } from "./statistics";

const barHeight = 16;
const labelWidth = 150;
const barWidth = 420;

/** A bar for each contestant, grouped by case; each case has a scale of its own. A line shows minimum and maximum. */
export function chart(title: string, rows: readonly Row[]): string {
  const cases = [...new Set(rows.map((row) => row.case))];
  let y = 40;
  const parts = cases.map((name) => {
    const group = rows.filter((row) => row.case === name);
    const longest = Math.max(...group.flatMap(({ values }) => values));
    const head = text(10, y, name, "bold");
    const bars = group.map((row, index) => bar(row, y + 8 + index * (barHeight + 4), longest));
    y += 8 + group.length * (barHeight + 4) + 24;
    return [head, ...bars].join("\n");
  });
  const width = labelWidth + barWidth + 110;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${y}" font-family="sans-serif" font-size="12">
<rect width="100%" height="100%" fill="white"/>
${text(10, 18, title, "bold")}
${parts.join("\n")}
</svg>
`;
}

function bar({ contestant, values, unit }: Row, y: number, longest: number): string {
  const { min, median, max } = spread(values);
  const x = (value: number): string => (labelWidth + (longest === 0 ? 0 : (value / longest) * barWidth)).toFixed(1);
  const middle = y + barHeight / 2;
  const colour = contestant.startsWith("pulumi-tableau") ? "#2a7f62" : "#9db4c0";
  return [
    text(labelWidth - 8, y + 12, contestant, "normal", "end"),
    `<rect x="${labelWidth}" y="${y}" width="${(Number(x(median)) - labelWidth).toFixed(1)}" height="${barHeight}" fill="${colour}"/>`,
    `<line x1="${x(min)}" x2="${x(max)}" y1="${middle}" y2="${middle}" stroke="#333"/>`,
    text(Number(x(max)) + 6, y + 12, `${median.toFixed(2)} ${unit === "count" ? "" : unit}`, "normal"),
  ].join("\n");
}

function text(x: number, y: number, words: string, weight: "bold" | "normal", anchor: "start" | "end" = "start"): string {
  const safe = words.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return `<text x="${x}" y="${y}" font-weight="${weight}" text-anchor="${anchor}">${safe}</text>`;
}
