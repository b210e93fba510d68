import type { Cluster, SwitchName } from "../../../simulator";

/** A switch with those of its settings that are to be tried. */
export type Settings = readonly [name: SwitchName, settings: readonly string[]];

/** Settings of several switches at once. */
export type SwitchRow = readonly (readonly [name: SwitchName, setting: string])[];

export function oneByOne(settings: readonly Settings[]): readonly SwitchRow[] {
  return settings.flatMap(([name, all]) => all.map((setting) => [[name, setting] as const]));
}

/** So many rows of all switches. Each has its settings in turn, and in every further round beside others of the other switches. */
export function together(settings: readonly Settings[], count: number): readonly SwitchRow[] {
  return Array.from({ length: count }, (_, row) =>
    settings.map(([name, all], position) => {
      const round = Math.floor(row / all.length) + 1;
      return [name, all[(row + round * position) % all.length] ?? ""] as const;
    }),
  );
}

/** The rows with a title each, for `test.each`. */
export function titled(rows: readonly SwitchRow[]): (readonly [title: string, row: SwitchRow])[] {
  return rows.map((row) => [row.map(([name, setting]) => `${name} ${setting}`).join(", "), row] as const);
}

export async function setSwitches(cluster: Cluster, row: SwitchRow): Promise<void> {
  for (const [name, setting] of row) await cluster.switch(name, setting as never);
}

/** Settings that no row has. */
export function missingFrom(rows: readonly SwitchRow[], settings: readonly Settings[]): readonly string[] {
  const met = new Set(rows.flat().map(String));
  return oneByOne(settings)
    .flat()
    .map(String)
    .filter((one) => !met.has(one));
}
