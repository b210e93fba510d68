import { spread } from "../report/statistics";
import type { Goal, Row } from "./job";

/**
 * `contestant` takes at least `factor` times as long as we do, by medians of the same case; with a factor below 1 it may be faster by that.
 *
 * @param we by which of our ways.
 */
export function faster(rows: readonly Row[], ofCase: string, contestant: string, factor: number, we = "pulumi-tableau"): Goal {
  const ratio = median(rows, ofCase, contestant) / median(rows, ofCase, we);
  if (factor < 1) return atMost(`${ofCase}: over the time of ${contestant}`, 1 / ratio, 1 / factor, " times");
  const words = factor === 1 ? `not slower than ${contestant}` : `${factor} times faster than ${contestant}`;
  return {
    goal: `${ofCase}: ${we === "pulumi-tableau" ? "" : `${we} `}${words}`,
    figure: `${ratio.toFixed(2)} times`,
    met: ratio >= factor,
  };
}

/** A figure is at most so much. */
export function atMost(goal: string, figure: number, limit: number, unit = ""): Goal {
  const text = Number.isInteger(figure) ? String(figure) : figure.toFixed(2);
  return { goal: `${goal}: at most ${limit}${unit}`, figure: `${text}${unit}`, met: figure <= limit };
}

export function median(rows: readonly Row[], ofCase: string, contestant: string): number {
  const row = rows.find((one) => one.case === ofCase && one.contestant === contestant);
  return row === undefined ? Number.NaN : spread(row.values).median;
}
