import { samePath } from "../../vocabulary/node-path";
import type { DesiredServer } from "../desired";
import { isLoaded } from "./is-loaded";
import { layoutAt } from "../placement/layout";
import { ownDirectories } from "../placement/load-order";
import { liveDirectories } from "../placement/placement";
import { isRecorded, recordedFile } from "../record/recorded-file";
import type { SeenNode, SeenPackage, SeenServer } from "../seen";
import type { Finding, Step } from "../step";
import { findLive, isDriverName, isFolderName, isListed, wantedFiles, type WantedFile } from "./wanted-files";

export interface FileComparison {
  readonly steps: readonly Step[];
  readonly refusals: readonly Finding[];
  /** Why the files of this node make a restart due: full phrases, none if they do not. */
  readonly due: readonly string[];
}

/** Compares the live files of one node with the list: what to place, what to retire, and what of it needs a restart. */
export function compareFiles(desired: DesiredServer, seen: SeenServer, node: SeenNode): FileComparison {
  const wanted = wantedFiles(desired, node);
  const closed = node.directories.filter(
    ({ path, exists, traversable, accessList }) =>
      exists && !traversable && accessList === undefined && wanted.some(({ directory }) => directory === path),
  );
  const parts = [
    ...closed.map(({ path }) => openDirectory(node, path)),
    ...wanted.map((file) => compareOne(desired, seen, node, file)),
    ...toRetire(desired, seen, node).map((found) => retire(node, found)),
  ];
  return {
    steps: parts.flatMap(({ steps }) => steps),
    refusals: parts.flatMap(({ refusals }) => refusals),
    due: parts.flatMap(({ due }) => due),
  };
}

/** Packages of this node that the plan takes away: dropped ones, those of an earlier directory, and unlisted ones where that is wanted. */
export function toRetire(desired: DesiredServer, seen: SeenServer, node: SeenNode): SeenPackage[] {
  const directories = liveDirectories(desired, node);
  return node.packages.filter((found) => {
    if (isListed(desired, node, found)) return false;
    if (isRecorded(seen.record, found) && isSurelyOurs(desired, node, found)) return true;
    const isConnector = found.form !== "folder" && !isDriverName(found.fileName);
    return desired.options.unlistedConnectors === "retire" && isConnector && directories.includes(found.directory);
  });
}

/** Packages of this node that the record names and the program does not, and that stay all the same: see isSurelyOurs. */
export function notSurelyOurs(desired: DesiredServer, seen: SeenServer, node: SeenNode): SeenPackage[] {
  const leaving = new Set(toRetire(desired, seen, node));
  return node.packages.filter((found) => isRecorded(seen.record, found) && !isListed(desired, node, found) && !leaving.has(found));
}

/**
 * Whether a node gives up a file because the record says that it is ours. The record lies on the initial node, which could name any
 * file of any other: so elsewhere than among the connectors, as among the drivers of others or in a folder that only the record
 * knows, these very bytes must lie in that node's own store, where this package has brought them.
 */
function isSurelyOurs({ directory, earlierDirectories = [] }: DesiredServer, { stored }: SeenNode, found: SeenPackage): boolean {
  const places = [directory, ...earlierDirectories, layoutAt(directory).connectors, ...ownDirectories(directory)];
  if (!isDriverName(found.fileName) && places.some((place) => samePath(place, found.directory))) return true;
  return stored.some(({ sha256 }) => sha256 === found.sha256);
}

function openDirectory(node: SeenNode, directory: string): FileComparison {
  return {
    steps: [{ kind: "openDirectory", node: node.name, directory }],
    refusals: [],
    due: [`${directory} could not be read by Tableau on ${node.name}`],
  };
}

function compareOne(desired: DesiredServer, seen: SeenServer, node: SeenNode, wanted: WantedFile): FileComparison {
  const { directory, fileName, sha256 } = wanted;
  const found = findLive(node, wanted);
  const place = (): FileComparison["steps"] => [
    {
      kind: "place",
      node: node.name,
      directory,
      fileName,
      sha256,
      was: found === undefined ? null : (found.sha256 ?? "unreadable"),
    },
  ];
  if (found === undefined) return placed(node, wanted, place(), [`${fileName} is new on ${node.name}`]);
  if (hasOtherForm(found) || (found.sha256 !== sha256 && !isManaged(desired, seen, found))) {
    return { steps: [], refusals: [unmanaged(node, found, wanted)], due: [] };
  }
  if (found.sha256 !== sha256) return placed(node, wanted, place(), [`${fileName} differs on ${node.name}`]);
  const due = whyDue(seen, node, found);
  if (isMended(desired, seen, found)) return { steps: [], refusals: [], due };
  return canMend(desired, found)
    ? { steps: [mend(desired, seen, node, { ...found, sha256 })], refusals: [], due }
    : placed(node, wanted, place(), due);
}

function hasOtherForm({ form, fileName }: SeenPackage): boolean {
  return (form === "folder") !== isFolderName(fileName);
}

/** Why a file that lies there with the wanted bytes makes a restart due: full phrases, none if it does not. */
export function whyDue(seen: SeenServer, node: SeenNode, found: SeenPackage): string[] {
  if (!found.readable) return [`${found.fileName} could not be read by Tableau on ${node.name}`];
  return isLoaded(seen, node, found) === "no" ? [`${found.fileName} on ${node.name} is not loaded yet`] : [];
}

// Without root only a file's owner may set its mode; a link has none of its own.
// Nor is a mode changed that an access list takes part in: where Tableau cannot read such a file, another takes its place.
function canMend(desired: DesiredServer, found: SeenPackage): boolean {
  const us = ownerOf(desired, found);
  return found.form === "file" && found.accessList === undefined && (us === "root" || found.owner === us);
}

/** Who a file belongs to when it is placed there. */
function ownerOf(desired: DesiredServer, { placedAs }: SeenPackage): string {
  return placedAs ?? desired.fileOwner;
}

// In a folder of somebody else earlier versions placed files as root.
function isOwn(desired: DesiredServer, found: SeenPackage): boolean {
  return found.owner === ownerOf(desired, found) || found.owner === desired.fileOwner;
}

function mend(desired: DesiredServer, seen: SeenServer, node: SeenNode, found: SeenPackage & { readonly sha256: string }): Step {
  const { directory, fileName, sha256, mode, owner, readable } = found;
  const keeps = isOwn(desired, found) || (readable && keepsOwner(seen, found));
  return {
    kind: "mend",
    node: node.name,
    directory,
    fileName,
    sha256,
    owner: keeps ? null : ownerOf(desired, found),
    was: { mode, owner, readable },
  };
}

function placed(node: SeenNode, wanted: WantedFile, steps: FileComparison["steps"], due: readonly string[]): FileComparison {
  const stored = node.stored.some(({ sha256, intact }) => sha256 === wanted.sha256 && intact === true);
  return { steps, refusals: stored ? [] : [notDelivered(node, wanted)], due };
}

function isManaged(desired: DesiredServer, seen: SeenServer, found: SeenPackage): boolean {
  return desired.options.overwriteUnmanaged || isRecorded(seen.record, found);
}

/** Mode and owner are as this package wants them; an adopted file that Tableau can read keeps its owner. */
export function isMended(desired: DesiredServer, seen: SeenServer, found: SeenPackage): boolean {
  const hasMode = (mode: string): boolean => (found.accessList === undefined ? found.mode === mode : found.readable);
  const isPlain = found.form === "folder" ? hasMode("0755") && found.readable : found.form === "file" && hasMode("0644");
  return isPlain && (isOwn(desired, found) || keepsOwner(seen, found));
}

function keepsOwner(seen: SeenServer, { fileName }: SeenPackage): boolean {
  const recorded = recordedFile(seen.record, fileName);
  return recorded === undefined || recorded.adopted;
}

function retire(node: SeenNode, found: SeenPackage): FileComparison {
  return {
    steps: [{ kind: "retire", node: node.name, directory: found.directory, fileName: found.fileName, was: found.sha256 ?? "unreadable" }],
    refusals: [],
    due: [`${found.fileName} is dropped on ${node.name}`],
  };
}

function unmanaged(node: SeenNode, found: SeenPackage, wanted: WantedFile): Finding {
  const what = hasOtherForm(found)
    ? `a ${found.form} of that name`
    : `a different file of that name (sha256 ${found.sha256 ?? "unreadable"})`;
  return {
    code: "unmanaged-file",
    node: node.name,
    message: `${found.directory}/${wanted.fileName} cannot be placed: ${what} is there, which this package did not put there.`,
    next: "Move it away, list its bytes as the source to adopt it, or set overwriteUnmanaged: true (the old file is kept in the store).",
  };
}

function notDelivered(node: SeenNode, wanted: WantedFile): Finding {
  return {
    code: "not-delivered",
    node: node.name,
    message: `${wanted.fileName} (sha256 ${wanted.sha256}) is not in the store of this node.`,
    next: "Run `pulumi up --refresh`: it delivers the package again.",
  };
}
