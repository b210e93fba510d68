import { samePath } from "../../vocabulary/node-path";
import { loadingProcesses, type LoadingProcess } from "../placement/load-order";
import { outcomeIn, type Outcome, type Rules } from "./outcome";
import type { PlacedPackage } from "./placed-package";
import { reasonOf, type Reason } from "./reason";

/** What becomes of one connector with the upgrade. */
export interface Fate {
  /**
   * `stops`: it is used now and would not be, or not surely. `starts`: it would be used, and is not now. `keeps`: it is and will
   * be. `stays chance`: it and another one are of one class, and which is used is undefined. `stays out`: it is not used.
   */
  readonly state: "stops" | "starts" | "keeps" | "stays chance" | "stays out";
  readonly found: PlacedPackage;
  /** Names of the nodes where it is so. */
  readonly nodes: readonly string[];
  /** A full sentence; empty where there is nothing to say. */
  readonly text: string;
  /** What to do now, as a full sentence; empty: nothing. */
  readonly next: string;
}

export interface UpgradeQuestion {
  /** The release in use. */
  readonly inUse: NodeRules;
  /** The release to come. */
  readonly toCome: NodeRules;
  readonly nodes: readonly { readonly name: string; readonly packages: readonly PlacedPackage[] }[];
}

/** The rules of a release. Nodes may trust different signers. */
export interface NodeRules extends Omit<Rules, "refusals"> {
  readonly refusals: (node: string, one: PlacedPackage) => readonly string[];
}

/** Judges every package on the nodes as both releases would. What is the same on several nodes is said once. */
export function judgeUpgrade({ inUse, toCome, nodes }: UpgradeQuestion): Fate[] {
  const fates = nodes.flatMap(({ name, packages }) => {
    const on = (rules: NodeRules): Rules => ({ ...rules, refusals: (one) => rules.refusals(name, one) });
    return packages.map((found) => ({ ...fateOf(found, packages, on(inUse), on(toCome)), nodes: [name] }));
  });
  return together(fates);
}

interface Pair {
  readonly process: LoadingProcess;
  readonly now: Outcome;
  readonly then: Outcome;
}

function fateOf(found: PlacedPackage, all: readonly PlacedPackage[], now: Rules, then: Rules): Omit<Fate, "nodes"> {
  const pairs = loadingProcesses.map((process): Pair => ({
    process,
    now: outcomeIn(process, found, all, now),
    then: outcomeIn(process, found, all, then),
  }));
  const lost = pairs.find((pair) => mayBeUsed(pair.now) && !isAsSure(pair));
  if (lost !== undefined) return { state: "stops", found, ...reasonOf(found, lost.then, then.release) };
  if (pairs.some((pair) => mayBeUsed(pair.now) && pair.then.kind === "used")) return { state: "keeps", found, text: "", next: "" };
  const chance = pairs.find((pair) => pair.now.kind === "unclear");
  if (chance !== undefined) return { state: "stays chance", found, ...reasonOf(found, chance.then, then.release) };
  const gained = pairs.find((pair) => mayBeUsed(pair.then));
  if (gained !== undefined) return { state: "starts", found, ...gainedBy(found, gained, now.release, then.release) };
  const read = pairs.find((pair) => pair.then.kind !== "not read") ?? pairs[0];
  return { state: "stays out", found, ...reasonOf(found, read?.then ?? { kind: "not read" }, then.release) };
}

function mayBeUsed({ kind }: Outcome): boolean {
  return kind === "used" || kind === "unclear";
}

// What is chance now may stay chance.
function isAsSure({ now, then }: Pair): boolean {
  return then.kind === "used" || (now.kind === "unclear" && then.kind === "unclear");
}

function gainedBy(found: PlacedPackage, pair: Pair, now: string, then: string): Reason {
  const after = pair.then.kind === "used" ? `Tableau Server ${then} loads it.` : reasonOf(found, pair.then, then).text;
  return {
    text: `${after} It is not used now: ${reasonOf(found, pair.now, now).text}`,
    next: "Remove it before the upgrade if nobody wants it.",
  };
}

function together(fates: readonly Fate[]): Fate[] {
  const groups: Fate[] = [];
  for (const fate of fates) {
    const at = groups.findIndex((group) => isSame(group, fate));
    const group = groups[at];
    if (group === undefined) groups.push(fate);
    else groups[at] = { ...group, nodes: [...group.nodes, ...fate.nodes] };
  }
  return groups;
}

function isSame(left: Fate, right: Fate): boolean {
  const [one, other] = [left.found, right.found];
  return (
    left.state === right.state &&
    left.text === right.text &&
    one.fileName === other.fileName &&
    one.sha256 === other.sha256 &&
    samePath(one.directory, other.directory)
  );
}
