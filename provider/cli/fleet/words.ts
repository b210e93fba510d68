import type { CellState, FindingKind, Fleet, Place, Seen } from "./fleet.types";

/** What people read of the parts of a fleet, the same in the terminal and on the page. */
export const stateWords: Readonly<Record<CellState, string>> = {
  current: "current",
  older: "older",
  differs: "other bytes",
  drift: "drift",
  "restart-due": "restart due",
  waiting: "waiting",
  "not-live": "not live",
  "certificate-ends": "certificate ends",
  "not-known": "not known",
};

/** What they mean. */
export const stateMeanings: Readonly<Record<CellState, string>> = {
  current: "as the program lists it, and the newest in the fleet",
  older: "a newer version runs elsewhere",
  differs: "the same version as elsewhere, but not the same file",
  drift: "not on every node as the program lists it",
  "restart-due": "in place, and not loaded before the next restart",
  waiting: "delivered; activated on command or in a restart window",
  "not-live": "in the store of the nodes, and listed by no config",
  "certificate-ends": "the signer's certificate ends within 90 days, or has ended",
  "not-known": "what is there could not be found out",
};

export const kindWords: Readonly<Record<FindingKind, string>> = {
  ownership: "two owners",
  drift: "drift",
  restart: "restart due",
  version: "versions differ",
  expiry: "certificate ends",
  verification: "verification off",
  unlisted: "unlisted",
  failed: "failed",
  status: "status",
  waiting: "waiting",
};

const products = { desktop: "Desktop", prep: "Prep", bridge: "Bridge" } as const;

/** What a place is, in a few words. */
export function describeProduct({ product, release }: Place): string {
  const what = product === null ? "Server" : products[product];
  return release === null ? what : `${what} ${release}`;
}

/** The nodes of a server and how they are; null: a machine. */
export function describeNodes({ kind, nodes, status }: Place): string | null {
  if (kind === "machine") return null;
  return [count(nodes.length, "node"), ...(status === null ? [] : [status.toLowerCase()])].join(", ");
}

/** How old what is known is. */
export function describeSeen({ by, at }: Seen, now: string): string {
  if (at === null) return "seen at a time that is not known";
  const age = ageOf(Date.parse(now) - Date.parse(at));
  return by === "nodes" ? `looked at ${age}` : `seen ${age}`;
}

/** What the whole fleet is, in one line. */
export function describeFleet({ places, stacks }: Fleet): string {
  const servers = places.filter(({ kind, sameAs }) => kind === "server" && sameAs === null).length;
  const machines = places.filter(({ kind }) => kind === "machine").length;
  const parts = [
    ...(servers === 0 && machines > 0 ? [] : [count(servers, "server")]),
    ...(machines === 0 ? [] : [count(machines, "machine")]),
  ];
  return `${parts.join(" and ")} in ${count(stacks.filter((stack) => stack.places > 0).length, "stack")}`;
}

/** "1 node", "2 nodes". */
export function count(number: number, word: string): string {
  return `${String(number)} ${word}${number === 1 ? "" : "s"}`;
}

const units = [
  ["day", 24 * 60 * 60 * 1000],
  ["hour", 60 * 60 * 1000],
  ["minute", 60 * 1000],
] as const;

function ageOf(milliseconds: number): string {
  for (const [unit, length] of units) {
    const whole = Math.floor(milliseconds / length);
    if (whole >= 1) return `${count(whole, unit)} ago`;
  }
  return "just now";
}
