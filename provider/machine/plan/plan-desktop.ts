import { isAtLeast } from "../../vocabulary/version";
import { firstReleaseWithPackages } from "../../plan/placement/releases";
import { whoWins } from "../../plan/placement/who-wins";
import { planPlacing, type DesiredFile, type Placing } from "./plan-placing";
import { products, whyNotOn, type ProductName } from "./products";
import type { SeenMachine, SeenMachinePackage } from "./seen-machine";

/** One package that is to be on one machine. */
export interface DesiredOnMachine extends DesiredFile {
  readonly product: ProductName;
  /** Release that the program gives; null: the newest that is installed. */
  readonly release: string | null;
  readonly pluginClass: string;
  readonly pluginVersion: string;
  readonly minVersionTableau: string;
}

/** What is done on the machine, and what is to be told. */
export interface MachinePlan extends Placing {
  /** Those of the refusals that say that another package is loaded, or may be, instead of this one. */
  readonly hidden: readonly string[];
  readonly warnings: readonly string[];
}

/** Compares what is wanted on a machine with what was seen there. */
export function planDesktop(wanted: DesiredOnMachine, seen: SeenMachine): MachinePlan {
  const ours = seen.packages.find(({ folder, fileName }) => folder === seen.folder && fileName === wanted.fileName);
  const release = wanted.release ?? seen.releases[0] ?? null;
  const findings = seen.packages
    .filter((found) => found !== ours && isRival(wanted, found))
    .map((rival) => judgeRival(wanted, seen, release, rival));
  const hidden = findings.flatMap(({ refusal }) => refusal);
  const placing = planPlacing(wanted, seen, ours ?? null);
  return {
    ...placing,
    refusals: [...gates(wanted, seen, release), ...placing.refusals, ...hidden],
    hidden,
    warnings: findings.flatMap(({ warning }) => warning),
  };
}

function gates(wanted: DesiredOnMachine, seen: SeenMachine, release: string | null): string[] {
  const { title } = products[wanted.product];
  const missing = whyNotOn(wanted.product, seen.platform);
  if (missing !== null) return [missing];
  if (release === null) return [];
  if (!isAtLeast(release, firstReleaseWithPackages)) {
    return [`${title} ${release} loads no packaged connectors; they load from ${firstReleaseWithPackages} on.`];
  }
  if (isAtLeast(release, wanted.minVersionTableau)) return [];
  return [
    `${wanted.fileName} needs Tableau ${wanted.minVersionTableau} (min-version-tableau of its manifest); ${title} is ${release} and would not load it.`,
  ];
}

// Nobody looks into a copy of the wanted package: it is known by its digest.
function isRival({ pluginClass, sha256 }: DesiredOnMachine, { identity, sha256: theirs }: SeenMachinePackage): boolean {
  return identity?.pluginClass === pluginClass || theirs === sha256;
}

interface Judged {
  readonly refusal: readonly string[];
  readonly warning: readonly string[];
}

function judgeRival(wanted: DesiredOnMachine, seen: SeenMachine, release: string | null, rival: SeenMachinePackage): Judged {
  const { title } = products[wanted.product];
  const version = rival.identity?.pluginVersion ?? wanted.pluginVersion;
  const rank = (folder: string): number => (folder === seen.folder ? 3 : 2);
  const ours = { ...wanted, rank: rank(seen.folder) };
  const theirs = { sha256: rival.sha256, pluginVersion: version, rank: rank(rival.folder) };
  // Where the release is not known, the rules before 2022.2 and from it on may agree.
  const winners = new Set((release === null ? ["2022.1", "2022.2"] : [release]).map((of) => whoWins(of, ours, theirs)));
  const [winner] = winners;
  const holds = `${pathOf(rival)} holds the class ${wanted.pluginClass} too (version ${version})`;
  const mine = `${wanted.fileName} ${wanted.pluginVersion}`;
  if (winners.size === 1 && winner === "ours") {
    return { refusal: [], warning: [`${holds}; ${title} loads ${mine} instead. Remove that file to keep one package per class.`] };
  }
  if (winners.size === 1 && winner === "theirs") {
    return { refusal: [`${holds}: ${title} would load that one instead of ${mine}. Remove that file.`], warning: [] };
  }
  const why =
    winners.size === 1 ? "which of the two it loads is undefined" : "which of the two it loads depends on its release, which is not known";
  return {
    refusal: [`${holds} beside ${mine}: ${why}. Remove that file${winners.size === 1 ? "" : ", or give `machine.version`"}.`],
    warning: [],
  };
}

function pathOf({ folder, fileName }: SeenMachinePackage): string {
  return `${folder}/${fileName}`;
}
