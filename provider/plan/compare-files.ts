import type { DesiredConnector, DesiredServer } from "./desired";
import { isLoaded } from "./is-loaded";
import type { SeenNode, SeenPackage, SeenServer } from "./seen";
import type { Finding, Step } from "./step";

export interface FileComparison {
  readonly steps: readonly Step[];
  readonly refusals: readonly Finding[];
  /** Why the files of this node make a restart due: full phrases, none if they do not. */
  readonly due: readonly string[];
}

/** Compares the live files of one node with the list: what to place, what to retire, and what of it needs a restart. */
export function compareFiles(desired: DesiredServer, seen: SeenServer, node: SeenNode): FileComparison {
  const directory = node.directories.find(({ path }) => path === desired.directory);
  const closed = directory?.exists === true && !directory.traversable && desired.connectors.length > 0;
  const parts = [
    ...(closed ? [openDirectory(desired, node)] : []),
    ...desired.connectors.map((connector) => compareOne(desired, seen, node, connector)),
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
  const listed = new Set(desired.connectors.map(({ fileName }) => fileName));
  return node.packages.filter((found) => {
    if (found.form === "folder") return false;
    const isListed = found.directory === desired.directory && listed.has(found.fileName);
    if (isListed) return false;
    if (seen.record?.files[found.fileName]?.directory === found.directory) return true;
    return desired.options.unlistedConnectors === "retire" && found.directory === desired.directory;
  });
}

function openDirectory(desired: DesiredServer, node: SeenNode): FileComparison {
  return {
    steps: [{ kind: "openDirectory", node: node.name, directory: desired.directory }],
    refusals: [],
    due: [`${desired.directory} could not be read by Tableau on ${node.name}`],
  };
}

function compareOne(desired: DesiredServer, seen: SeenServer, node: SeenNode, connector: DesiredConnector): FileComparison {
  const { fileName, sha256 } = connector;
  const found = node.packages.find((one) => one.directory === desired.directory && one.fileName === fileName);
  const place = (): FileComparison["steps"] => [
    {
      kind: "place",
      node: node.name,
      directory: desired.directory,
      fileName,
      sha256,
      was: found === undefined ? null : (found.sha256 ?? "unreadable"),
    },
  ];
  if (found === undefined) return placed(node, connector, place(), [`${fileName} is new on ${node.name}`]);
  if (found.form === "folder" || (found.sha256 !== sha256 && !isManaged(desired, seen, found))) {
    return { steps: [], refusals: [unmanaged(node, found, connector)], due: [] };
  }
  if (found.sha256 !== sha256) return placed(node, connector, place(), [`${fileName} differs on ${node.name}`]);
  const due = whyDue(seen, node, found);
  if (isMended(desired, seen, found)) return { steps: [], refusals: [], due };
  return canMend(desired, found)
    ? { steps: [mend(desired, seen, node, { ...found, sha256 })], refusals: [], due }
    : placed(node, connector, place(), due);
}

function whyDue(seen: SeenServer, node: SeenNode, found: SeenPackage): string[] {
  if (!found.readable) return [`${found.fileName} could not be read by Tableau on ${node.name}`];
  return isLoaded(seen, node, found) === "no" ? [`${found.fileName} on ${node.name} is not loaded yet`] : [];
}

// Without root only a file's owner may set its mode; a link has none of its own.
function canMend(desired: DesiredServer, found: SeenPackage): boolean {
  return found.form === "file" && (desired.fileOwner === "root" || found.owner === desired.fileOwner);
}

function mend(desired: DesiredServer, seen: SeenServer, node: SeenNode, found: SeenPackage & { readonly sha256: string }): Step {
  const { directory, fileName, sha256, mode, owner, readable } = found;
  const keeps = owner === desired.fileOwner || (readable && keepsOwner(seen, found));
  return {
    kind: "mend",
    node: node.name,
    directory,
    fileName,
    sha256,
    owner: keeps ? null : desired.fileOwner,
    was: { mode, owner, readable },
  };
}

function placed(node: SeenNode, connector: DesiredConnector, steps: FileComparison["steps"], due: readonly string[]): FileComparison {
  const stored = node.stored.some(({ sha256, intact }) => sha256 === connector.sha256 && intact === true);
  return { steps, refusals: stored ? [] : [notDelivered(node, connector)], due };
}

function isManaged(desired: DesiredServer, seen: SeenServer, found: SeenPackage): boolean {
  return desired.options.overwriteUnmanaged || seen.record?.files[found.fileName]?.directory === found.directory;
}

/** Mode and owner are as this package wants them; an adopted file that Tableau can read keeps its owner. */
export function isMended(desired: DesiredServer, seen: SeenServer, found: SeenPackage): boolean {
  return found.form === "file" && found.mode === "0644" && (found.owner === desired.fileOwner || keepsOwner(seen, found));
}

function keepsOwner(seen: SeenServer, { fileName }: SeenPackage): boolean {
  const recorded = seen.record?.files[fileName];
  return recorded === undefined || recorded.adopted;
}

function retire(node: SeenNode, found: SeenPackage): FileComparison {
  return {
    steps: [{ kind: "retire", node: node.name, directory: found.directory, fileName: found.fileName, was: found.sha256 ?? "unreadable" }],
    refusals: [],
    due: [`${found.fileName} is dropped on ${node.name}`],
  };
}

function unmanaged(node: SeenNode, found: SeenPackage, connector: DesiredConnector): Finding {
  const what = found.form === "folder" ? "a folder of that name" : `a different file of that name (sha256 ${found.sha256 ?? "unreadable"})`;
  return {
    code: "unmanaged-file",
    node: node.name,
    message: `${found.directory}/${connector.fileName} cannot be placed: ${what} is there, which this package did not put there.`,
    next: "Move it away, list its bytes as the source to adopt it, or set overwriteUnmanaged: true (the old file is kept in the store).",
  };
}

function notDelivered(node: SeenNode, connector: DesiredConnector): Finding {
  return {
    code: "not-delivered",
    node: node.name,
    message: `${connector.fileName} (sha256 ${connector.sha256}) is not in the store of this node.`,
    next: "Run `pulumi up --refresh`: it delivers the package again.",
  };
}
