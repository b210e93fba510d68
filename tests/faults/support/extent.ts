/** How much of the fault tests runs: a bounded part, or all of it with `npm run test:faults -- --whole`. */
export const extent: "bounded" | "whole" = process.env["PULUMI_TABLEAU_FAULTS"] === "whole" ? "whole" : "bounded";

/** `bounded` or `whole`, whichever runs. */
export function byExtent<T>(sizes: { readonly bounded: T; readonly whole: T }): T {
  return sizes[extent];
}

/** So many of the values, spread evenly and beginning at another place for each `turn`; all of them in a whole run. */
export function sampleOf<T>(values: readonly T[], size: number, turn = 0): readonly T[] {
  if (extent === "whole" || values.length <= size) return values;
  const step = values.length / size;
  return Array.from({ length: size }, (_, i) => values[Math.floor((i + (turn % 7) / 7) * step) % values.length] as T);
}
