import { compareVersions } from "../../vocabulary/version";
import { highestVersionWins } from "./releases";

/** A package of a class, where in the load order it is found. */
export interface Contender {
  readonly sha256: string | null;
  readonly pluginVersion: string;
  /** Lower is read earlier. */
  readonly rank: number;
}

/** `unclear`: which of the two is loaded is chance. */
export type Winner = "ours" | "theirs" | "unclear";

/**
 * Which of two packages of one class a release loads: from 2022.2 on the higher version, else the one that is found
 * first.
 *
 * @see https://tableau.github.io/connector-plugin-sdk/docs/run-taco
 */
export function whoWins(release: string, ours: Contender, theirs: Contender): Winner {
  // The same bytes: whichever is loaded, it is the wanted one.
  if (theirs.sha256 !== null && theirs.sha256 === ours.sha256) return "ours";
  const byVersion = highestVersionWins(release) ? compareVersions(theirs.pluginVersion, ours.pluginVersion) : 0;
  if (byVersion !== 0) return byVersion > 0 ? "theirs" : "ours";
  if (theirs.rank === ours.rank) return "unclear";
  return theirs.rank < ours.rank ? "theirs" : "ours";
}
