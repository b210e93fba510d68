import { listOf } from "../../plan/describe/words";
import { comparePlaces } from "./compare-places";
import { findFindings, namesOf } from "./find-findings";
import type { Fleet, NotKnown } from "./fleet.types";
import { groupBy } from "./group-by";
import type { PlaceState } from "./place-state";
import { placesOfStack, type StackPlaces } from "./places-of-stack";
import { isFar, samePlaces } from "./same-places";
import type { StackState } from "./stack-state";

/** The fleet that some stacks make: pure, so that the same states always make the same page. */
export function makeFleet(stacks: readonly StackState[], source: Fleet["source"], now: Date): Fleet {
  const read = stacks.map((stack) => placesOfStack(stack, now));
  const places = [...ofKind(read, "server"), ...ofKind(read, "machine")];
  const rows = comparePlaces(places);
  const same = new Map(samePlaces(places).map(({ one, other }) => [other.place.id, one.place.id]));
  return {
    schemaVersion: 1,
    at: now.toISOString(),
    source,
    stacks: read.map(({ stack: { name, writtenAt, error }, places: own }) => ({ name, writtenAt, places: own.length, error })),
    places: places.map(({ place }) => ({ ...place, sameAs: same.get(place.id) ?? null })),
    rows,
    findings: findFindings(stacks, places, rows, now),
    notKnown: notKnown(read, places, source),
  };
}

function ofKind(read: readonly StackPlaces[], kind: "server" | "machine"): PlaceState[] {
  return read.flatMap(({ places }) => places.filter(({ place }) => place.kind === kind));
}

function notKnown(read: readonly StackPlaces[], places: readonly PlaceState[], source: Fleet["source"]): NotKnown[] {
  return [
    ...read.flatMap(({ stack: { name: stack, error }, notSeen }) => {
      const texts = [...(error === null ? [] : [`It could not be read. ${error.trim()}`]), ...notSeen];
      return texts.map((text) => ({ kind: "not-seen" as const, stack, place: null, text }));
    }),
    ...places.flatMap(({ place: { id, stack }, notSeen }) =>
      notSeen.map((text) => ({ kind: "not-seen" as const, stack, place: id, text })),
    ),
    ...places.flatMap(uncheckedOf),
    ...maybeOne(places),
    ...(source === "state" && places.length > 0 ? [changedSince] : []),
  ];
}

const changedSince: NotKnown = {
  kind: "not-told",
  stack: null,
  place: null,
  text: "What was changed on a node after Pulumi looked last is not in its state: `--look` asks the nodes.",
};

function uncheckedOf({ place: { id, stack }, items }: PlaceState): NotKnown[] {
  const unsigned = items.filter(({ kind, certificate }) => kind === "connector" && certificate === null).map(({ name }) => name);
  if (unsigned.length === 0) return [];
  const text = `Until when the signature of ${listOf(unsigned)} holds: the state names no certificate.`;
  return [{ kind: "not-told", stack, place: id, text }];
}

// "localhost" of one program is not that of another.
function maybeOne(places: readonly PlaceState[]): NotKnown[] {
  const known = new Set(samePlaces(places).map(({ other }) => other));
  const near = places.filter((one) => one.place.kind === "server" && !known.has(one) && !one.addresses.some(isFar));
  const name = namesOf(places.map(({ place }) => place));
  const groups = [...groupBy(near, ({ place }) => place.name).values()].filter((group) => group.length > 1);
  return groups.map((group) => ({
    kind: "not-told",
    stack: null,
    place: null,
    text: `Whether ${listOf(group.map(({ place }) => name(place.id)))} are one server: each is the machine that ran its program.`,
  }));
}
