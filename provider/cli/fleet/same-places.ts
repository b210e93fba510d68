import type { PlaceState } from "./place-state";

/** Two places that are one server, and how that can be told. */
export interface SamePlace {
  readonly one: PlaceState;
  readonly other: PlaceState;
  /** A phrase. */
  readonly why: string;
}

/** Servers that stand in several places, each with the first of them. */
export function samePlaces(places: readonly PlaceState[]): SamePlace[] {
  const servers = places.filter(({ place }) => place.kind === "server");
  return servers.flatMap((other, i) => {
    for (const one of servers.slice(0, i)) {
      const why = whySame(one, other);
      if (why !== null) return [{ one, other, why }];
    }
    return [];
  });
}

function whySame(one: PlaceState, other: PlaceState): string | null {
  const shared = one.addresses.find((address) => isFar(address) && other.addresses.includes(address));
  if (shared !== undefined) return `as both reach ${shared}`;
  if (names(one, other) || names(other, one)) return "as it names its owner itself";
  return one.ownerToken !== null && one.ownerToken === other.ownerToken ? "as one state is a copy of the other" : null;
}

// "localhost" of one program may be that of another: what is found there says whether it is.
function names({ belongsTo, addresses }: PlaceState, { ownStack, addresses: others }: PlaceState): boolean {
  return ownStack !== null && belongsTo === `the stack ${ownStack}` && addresses.some((address) => others.includes(address));
}

/** Whether an address leads to one machine from everywhere. */
export function isFar(address: string): boolean {
  return !address.startsWith("this machine") && !/^(localhost|127\.|\[?::1)/.test(address);
}
