import type { Seen } from "./fleet.types";
import type { StateResource } from "./stack-state";

/** What a place is told beside its resources. */
export interface PlaceContext {
  readonly stack: string;
  readonly id: string;
  readonly now: Date;
}

/** How old what is known of some resources is: the oldest look counts. */
export function seenOf(resources: readonly StateResource[]): Seen {
  const looks = resources.map(({ looked }) => (looked.by === "us" ? looked.at : null));
  const times = looks.filter((at) => at !== null);
  if (times.length > 0 && times.length === looks.length) return { by: "nodes", at: earliest(times) };
  const written = resources.flatMap(({ writtenAt }) => writtenAt ?? []);
  return { by: "state", at: written.length === resources.length && written.length > 0 ? earliest(written) : null };
}

function earliest(times: readonly string[]): string {
  return times.reduce((one, other) => (Date.parse(other) < Date.parse(one) ? other : one));
}
