import { isDriverName } from "../../plan/compare/wanted-files";
import type { SeenNode, SeenPackage } from "../../plan/seen";
import type { Fate } from "../../plan/upgrade/judge-upgrade";
import { connectPluginsPathKey, disableVerifyKey } from "../../vocabulary/keys";
import type { FoundTaco } from "./read-tacos";
import type { JudgedSignatures } from "./judge-signatures";

/** One thing on a server, and what becomes of it with an upgrade. */
export interface UpgradeRow {
  /** `stops`: it works now and would not, or not surely. `starts`: it would be loaded and is not now. `note`: worth knowing. */
  readonly state: "stops" | "starts" | "note" | "keeps";
  readonly kind: "connector" | "driver" | "key" | "file" | "trust";
  /** Name of a file or a key. */
  readonly name: string;
  /** The class and the version of a connector; empty for everything else. */
  readonly plugin: string;
  /** Where it lies; empty for what lies nowhere. */
  readonly directory: string;
  /** null: it is no file, or cannot be read. */
  readonly sha256: string | null;
  /** Names of the nodes; empty: the server as a whole. */
  readonly nodes: readonly string[];
  /** A full sentence; empty: there is nothing to say. */
  readonly text: string;
  /** What to do now, as a full sentence; empty: nothing. */
  readonly next: string;
}

const nothing = { plugin: "", directory: "", sha256: null, nodes: [], text: "", next: "" } as const;

export function fateRow({ state, found, nodes, text, next }: Fate): UpgradeRow {
  const { fileName: name, pluginClass, pluginVersion, directory, sha256 } = found;
  return {
    ...nothing,
    state: state === "stays out" || state === "stays chance" ? "note" : state,
    kind: "connector",
    name,
    plugin: `${pluginClass} ${pluginVersion}`,
    directory,
    sha256,
    nodes,
    text: state === "stays out" ? `It is not used now, nor then. ${text}` : text,
    next: state === "stays out" ? "" : next,
  };
}

/** Drivers lie outside of what a release brings along. */
export function driverRows(directory: string, nodes: readonly SeenNode[]): UpgradeRow[] {
  const drivers = together(nodes, (found) => found.directory === directory && isDriverName(found.fileName));
  return drivers.map(({ found, nodes: names }) => ({
    ...nothing,
    kind: "driver",
    state: found.readable ? "keeps" : "note",
    name: found.fileName,
    directory,
    sha256: found.sha256,
    nodes: names,
    text: found.readable ? "" : "The user that the server runs as cannot read it, now as then.",
  }));
}

/** Keys stay as they are. */
export function keyRows(pluginsPath: string | null, signatures: "verified" | "not verified"): UpgradeRow[] {
  const rows: UpgradeRow[] = [];
  if (pluginsPath !== null && pluginsPath !== "") {
    const isOfRelease = /[\\/]packages[\\/][^\\/]+\.\d{5}\.\d\d\.\d{4}\.\d{4}([\\/]|$)/.test(pluginsPath);
    rows.push({
      ...nothing,
      kind: "key",
      name: connectPluginsPathKey,
      directory: pluginsPath,
      state: isOfRelease ? "stops" : "keeps",
      text: isOfRelease ? "That folder belongs to the release in use, and goes when it is uninstalled." : "",
      next: isOfRelease ? "Move its connectors to another folder before the upgrade." : "",
    });
  }
  if (signatures === "not verified") {
    rows.push({ ...nothing, kind: "key", name: disableVerifyKey, state: "note", text: "Signatures are not verified, now as then." });
  }
  return rows;
}

/** What nobody can judge. */
export function unknownRows(nodes: readonly SeenNode[], tacos: ReadonlyMap<string, FoundTaco>): UpgradeRow[] {
  const isUnknown = ({ fileName, form, sha256, identity }: SeenPackage): boolean => {
    if (isDriverName(fileName)) return false;
    return form === "folder" ? identity === null : sha256 === null || !tacos.has(sha256);
  };
  const files = together(nodes, isUnknown).map(({ found, nodes: names }): UpgradeRow => ({
    ...nothing,
    kind: "file",
    state: "note",
    name: found.fileName,
    directory: found.directory,
    nodes: names,
    text: "It is not judged, since it cannot be read as a connector.",
  }));
  const elsewhere = nodes.flatMap(({ name, processesElsewhere: place }): UpgradeRow[] => {
    if (place?.packages !== "some") return [];
    const text = "Connectors in the own folders of processes below it are not judged.";
    return [{ ...nothing, kind: "file", state: "note", name: place.folder, nodes: [name], text }];
  });
  return [...files, ...elsewhere];
}

/** By whose trust the signatures were judged, where that is not the store of the release to come. */
export function trustRow(judgedBy: JudgedSignatures["judgedBy"], release: string): UpgradeRow[] {
  if (judgedBy === null || judgedBy === "the given one") return [];
  const text =
    judgedBy === "none"
      ? "Trust in signers is not judged: no trust store was found on the server."
      : `Trust in signers is judged by the store in use. ${release} brings a store of its own, without what was imported by hand.`;
  const next = `Name the cacerts of ${release} with --trust-store.`;
  return [{ ...nothing, kind: "trust", state: "note", name: "cacerts", text, next }];
}

interface Group {
  readonly found: SeenPackage;
  readonly nodes: readonly string[];
}

// What is the same on several nodes is said once.
function together(nodes: readonly SeenNode[], isMeant: (found: SeenPackage) => boolean): Group[] {
  const groups = new Map<string, Group>();
  for (const { name, packages } of nodes) {
    for (const found of packages.filter(isMeant)) {
      const key = JSON.stringify([found.directory, found.fileName, found.readable]);
      groups.set(key, { found, nodes: [...(groups.get(key)?.nodes ?? []), name] });
    }
  }
  return [...groups.values()];
}
