import type { Blow } from "./point-pool";

/** How much of the fault tests runs: a bounded part, or all of it with `npm run test:faults -- --whole`. */
export const extent: "bounded" | "whole" = process.env["PULUMI_TABLEAU_FAULTS"] === "whole" ? "whole" : "bounded";

/** `bounded` or `whole`, whichever runs. */
export function byExtent<T>(sizes: { readonly bounded: T; readonly whole: T }): T {
  return sizes[extent];
}

/** How the operation of that number is interrupted where each blow costs seconds: in turn in the bounded form, both ways in the whole. */
export function blowsOf(position: number): readonly Blow[] {
  const blows = ["kill", "cut"] as const;
  return extent === "whole" ? blows : blows.filter((_blow, i) => i === position % 2);
}

/** So many of the values, spread evenly and beginning at another place for each `turn`; all of them in a whole run. */
export function sampleOf<T>(values: readonly T[], size: number, turn = 0): readonly T[] {
  if (extent === "whole" || values.length <= size) return values;
  const step = values.length / size;
  return Array.from({ length: size }, (_, i) => values[Math.floor((i + (turn % 7) / 7) * step) % values.length] as T);
}
