import { isAtLeast } from "../../vocabulary/version";
import { samePath } from "../../vocabulary/node-path";
import { loadRank, type LoadingProcess, type LoadOrder } from "../placement/load-order";
import { firstReleaseThatVerifies, firstReleaseWithPackages } from "../placement/releases";
import { whoWins } from "../placement/who-wins";
import type { PlacedPackage } from "./placed-package";

/** Why a process does not even take a package into account. */
export type Obstacle = "not read" | "not readable" | "unpacked elsewhere" | "packaged" | "too new" | "no vendor";

/** What one process of a release makes of a package. */
export type Outcome =
  | { readonly kind: "used" }
  /** It is in the list of connectors, and nobody can sign in with it. */
  | { readonly kind: "refused"; readonly refusals: readonly string[] }
  /** Another package of its class is loaded instead. */
  | { readonly kind: "hidden"; readonly by: PlacedPackage }
  /** Which of the two is loaded is chance. */
  | { readonly kind: "unclear"; readonly besides: PlacedPackage }
  | { readonly kind: Obstacle };

/** A release on a server, as far as it decides what is loaded. */
export interface Rules extends LoadOrder {
  /** Full sentences: why it refuses the signature of a package; empty: it accepts it, or does not look. */
  readonly refusals: (one: PlacedPackage) => readonly string[];
}

/**
 * What one process of a release makes of one of the packages of its node.
 *
 * @see https://tableau.github.io/connector-plugin-sdk/docs/run-taco
 */
export function outcomeIn(process: LoadingProcess, one: PlacedPackage, all: readonly PlacedPackage[], rules: Rules): Outcome {
  const rank = rankOf(process, one, rules);
  if (typeof rank !== "number") return { kind: rank };
  const rivals = all.filter((other) => other !== one && other.pluginClass === one.pluginClass);
  let besides: PlacedPackage | undefined;
  for (const rival of rivals) {
    const rivalRank = rankOf(process, rival, rules);
    if (typeof rivalRank !== "number") continue;
    const winner = whoWins(rules.release, { ...one, rank }, { ...rival, rank: rivalRank });
    if (winner === "theirs") return { kind: "hidden", by: rival };
    if (winner === "unclear") besides = rival;
  }
  if (besides !== undefined) return { kind: "unclear", besides };
  // Signatures are looked at when somebody signs in: a package that is refused then has hidden others before.
  const refusals = rules.refusals(one);
  return refusals.length === 0 ? { kind: "used" } : { kind: "refused", refusals };
}

// Where it stands in the load order of the process, or why it does not stand there.
function rankOf(process: LoadingProcess, one: PlacedPackage, rules: Rules): number | Obstacle {
  const { release, pluginsPath } = rules;
  const rank = loadRank(process, one.directory, rules);
  if (rank === null) return "not read";
  if (!one.readable) return "not readable";
  if (one.form === "folder" && (pluginsPath === null || !samePath(one.directory, pluginsPath))) return "unpacked elsewhere";
  if (one.form === "file" && !isAtLeast(release, firstReleaseWithPackages)) return "packaged";
  if (one.minVersionTableau !== undefined && !isAtLeast(release, one.minVersionTableau)) return "too new";
  if (one.vendorInformation === "missing" && isAtLeast(release, firstReleaseThatVerifies)) return "no vendor";
  return rank;
}
