import { isAtLeast } from "../../version";
import { short } from "../describe-step";
import { firstReleaseWithPackages } from "../releases";
import { whoWins } from "../who-wins";
import { products, whyNotOn, type ProductName } from "./products";
import type { SeenMachine, SeenMachinePackage } from "./seen-machine";

/** One package that is to be on one machine. */
export interface DesiredOnMachine {
  readonly product: ProductName;
  /** Release that the program gives; null: the newest that is installed. */
  readonly release: string | null;
  readonly fileName: string;
  readonly sha256: string;
  readonly pluginClass: string;
  readonly pluginVersion: string;
  readonly minVersionTableau: string;
  readonly stack: string;
  /** The token in the state of this resource; null: it is new. */
  readonly token: string | null;
  readonly overwriteUnmanaged: boolean;
}

/** What is done on the machine: nothing but a note about the file for `adopt`. */
export interface MachinePlan {
  readonly action: "none" | "adopt" | "place";
  /** Digest of the file that is there now; null: there is none, "unreadable": it cannot be read. */
  readonly was: string | null;
  /** Full sentences; if there are any, nothing is done. */
  readonly refusals: readonly string[];
  /** Those of the refusals that say that another package is loaded, or may be, instead of this one. */
  readonly hidden: readonly string[];
  readonly warnings: readonly string[];
}

/** Compares what is wanted on a machine with what was seen there. */
export function planDesktop(wanted: DesiredOnMachine, seen: SeenMachine): MachinePlan {
  const ours = seen.packages.find(({ folder, fileName }) => folder === seen.folder && fileName === wanted.fileName);
  const release = wanted.release ?? seen.releases[0] ?? null;
  const findings = seen.packages
    .filter((one) => one !== ours && isRival(wanted, one))
    .map((rival) => judgeRival(wanted, seen, release, rival));
  const hidden = findings.flatMap(({ refusal }) => refusal);
  const refusals = [...gates(wanted, seen, release), ...ownership(wanted, seen, ours), ...hidden];
  const rest = { refusals, hidden, warnings: findings.flatMap(({ warning }) => warning) };
  if (ours === undefined) return { action: "place", was: null, ...rest };
  const was = ours.sha256 ?? "unreadable";
  if (was !== wanted.sha256) return { action: "place", was, ...rest };
  const noted = seen.note !== null && seen.note.token === wanted.token;
  return { action: noted ? "none" : "adopt", was, ...rest };
}

function gates(wanted: DesiredOnMachine, seen: SeenMachine, release: string | null): string[] {
  const { title } = products[wanted.product];
  const missing = whyNotOn(wanted.product, seen.platform);
  if (missing !== null) return [missing];
  if (release === null) return [];
  if (!isAtLeast(release, firstReleaseWithPackages))
    return [`${title} ${release} loads no packaged connectors; they load from ${firstReleaseWithPackages} on.`];
  if (isAtLeast(release, wanted.minVersionTableau)) return [];
  return [
    `${wanted.fileName} needs Tableau ${wanted.minVersionTableau} (min-version-tableau of its manifest); ${title} is ${release} and would not load it.`,
  ];
}

function ownership(wanted: DesiredOnMachine, seen: SeenMachine, ours: SeenMachinePackage | undefined): string[] {
  if (ours === undefined || wanted.overwriteUnmanaged || ours.sha256 === wanted.sha256) return [];
  const path = pathOf(ours);
  if (ours.form === "folder") return [`${path} cannot be placed: a folder of that name is there. Move it away.`];
  const what = `a different file of that name (sha256 ${ours.sha256 === null ? "unreadable" : short(ours.sha256)})`;
  const way = "Move it away, take its bytes as the source to adopt it, or set overwriteUnmanaged: true.";
  if (seen.note === null) return [`${path} cannot be placed: ${what} is there, which this package did not put there. ${way}`];
  if (seen.note.token === wanted.token || seen.note.stack === wanted.stack) return [];
  return [`${path} cannot be placed: ${what} is there, which the stack ${seen.note.stack} put there. ${way}`];
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
  const winners = new Set((release === null ? ["2022.1", "2022.2"] : [release]).map((one) => whoWins(one, ours, theirs)));
  const [winner] = winners;
  const holds = `${pathOf(rival)} holds the class ${wanted.pluginClass} too (version ${version})`;
  const mine = `${wanted.fileName} ${wanted.pluginVersion}`;
  if (winners.size === 1 && winner === "ours")
    return { refusal: [], warning: [`${holds}; ${title} loads ${mine} instead. Remove that file to keep one package per class.`] };
  if (winners.size === 1 && winner === "theirs")
    return { refusal: [`${holds}: ${title} would load that one instead of ${mine}. Remove that file.`], warning: [] };
  const why =
    winners.size === 1 ? "which of the two it loads is chance" : "which of the two it loads depends on its release, which is not known";
  return {
    refusal: [`${holds} beside ${mine}: ${why}. Remove that file${winners.size === 1 ? "" : ", or give `machine.version`"}.`],
    warning: [],
  };
}

function pathOf({ folder, fileName }: SeenMachinePackage): string {
  return `${folder}/${fileName}`;
}
