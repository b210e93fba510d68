import { compareVersions } from "../../vocabulary/version";
import type { Cell, CellState, Row } from "./fleet.types";
import type { Item, PlaceState } from "./place-state";

/** One row for each connector and driver, with what only a comparison of the places tells: which is older, and which differs. */
export function comparePlaces(places: readonly PlaceState[]): Row[] {
  const rows = new Map<string, { readonly kind: Row["kind"]; readonly name: string; readonly found: Found[] }>();
  for (const { place, items } of places) {
    for (const item of items) {
      const key = `${item.kind} ${item.name}`;
      const row = rows.get(key) ?? { kind: item.kind, name: item.name, found: [] };
      row.found.push({ place: place.id, item });
      rows.set(key, row);
    }
  }
  return [...rows.values()].map(toRow).sort((one, other) => one.kind.localeCompare(other.kind) || one.name.localeCompare(other.name));
}

interface Found {
  readonly place: string;
  readonly item: Item;
}

function toRow({ kind, name, found }: { readonly kind: Row["kind"]; readonly name: string; readonly found: readonly Found[] }): Row {
  const newest = kind === "driver" ? null : newestOf(found);
  return { kind, name, newest, cells: found.map((one) => toCell(one, newest, found)) };
}

function newestOf(found: readonly Found[]): string | null {
  const versions = found.flatMap(({ item }) => item.version ?? []);
  return versions.length === 0 ? null : versions.reduce((one, other) => (compareVersions(other, one) > 0 ? other : one));
}

function toCell({ place, item }: Found, newest: string | null, all: readonly Found[]): Cell {
  const { kind: _kind, name: _name, states: own, ...cell } = item;
  const twins = all.filter((one) => compareVersions(one.item.version ?? "", item.version ?? "") === 0);
  const states: CellState[] = [
    ...own,
    ...(newest !== null && compareVersions(item.version ?? "", newest) < 0 ? ["older" as const] : []),
    ...(twins.some((one) => one.item.sha256 !== item.sha256) ? ["differs" as const] : []),
  ];
  return { place, ...cell, states: states.length === 0 ? ["current"] : states };
}
