import { observeServer } from "../../activation/observe-server";
import type { Target } from "../../activation/target";
import { adoptionCost, type AdoptionCost } from "../../plan/adopt/adoption-cost";
import { choosePlace } from "../../plan/adopt/choose-place";
import { compareNodes, placesOn, type NamedFile } from "../../plan/adopt/compare-nodes";
import { keysInUse } from "../../plan/compare/effective-key";
import { isDriverName } from "../../plan/compare/wanted-files";
import type { LivePlace } from "../../plan/placement/placement";
import { firstReleaseThatVerifies } from "../../plan/placement/releases";
import type { SeenNode, SeenServer } from "../../plan/seen";
import { Failures } from "../../schema/failures";
import { readTaco, type Taco } from "../../taco";
import { isWindowsPath } from "../../vocabulary/node-path";
import { isAtLeast } from "../../vocabulary/version";
import { windowsNameProblem } from "../../vocabulary/windows-name";
import { identify } from "../config/identify";
import { checkPlainName } from "../delivery/check-source";
import { readContents } from "../read-contents";
import { judgeSignature } from "../trust/judge-signature";

/** A connector that a program can list as it is. */
export interface FoundConnector {
  readonly fileName: string;
  readonly taco: Taco;
  readonly bytes: Buffer;
  /** Full sentences: why the server's signature check refuses it; empty: it accepts it. */
  readonly refusals: readonly string[];
}

export interface FoundDriver {
  readonly fileName: string;
  readonly sha256: string;
  readonly bytes: Buffer;
}

/** Something on the nodes that no program can list before a person has decided. */
export interface LeftOut {
  readonly fileName: string;
  /** `decide`: the nodes do not agree, or there are two of a class. `unusable`: nothing that could be listed. */
  readonly kind: "decide" | "unusable";
  /** Full sentences. */
  readonly why: string;
  /** The packages that there are to choose from, by digest. */
  readonly choices: ReadonlyMap<string, Buffer>;
}

/** What a server has that was set up by hand. */
export interface FoundSet {
  readonly release: string;
  readonly place: LivePlace;
  /** Whether signatures are verified. */
  readonly signatures: "verified" | "not verified";
  readonly connectors: readonly FoundConnector[];
  readonly drivers: readonly FoundDriver[];
  readonly leftOut: readonly LeftOut[];
  /** What tsm says the cluster consists of. */
  readonly topology: readonly string[];
  /** What it costs to list all of this. */
  readonly cost: AdoptionCost;
}

/** Connectors lie in places of several kinds; the person has to say which is meant. */
export interface SeveralPlaces {
  readonly directories: readonly string[];
}

/**
 * Looks at every node, and at every package there. Changes nothing.
 *
 * @param given where the server's description says that connectors are; null: it does not.
 * @param trustStore copies of the nodes' trust stores, by node.
 * @throws TableauError (host-*, tsm-*) naming the first node that cannot be looked at.
 */
export async function findSet(
  target: Target,
  given: LivePlace | null,
  trustStores: ReadonlyMap<string, string | null>,
): Promise<FoundSet | SeveralPlaces> {
  const { seen } = await observeServer(target, { digests: [], fileNames: [], earlierDirectories: [], drivers: "listed", identify });
  const { pluginsPath, signatures } = keysInUse(seen);
  const chosen = choosePlace(target.place.directory, { release: seen.version, pluginsPath, nodes: seen.nodes });
  if (given === null && chosen.kind === "several") return { directories: chosen.directories };
  const place = given ?? (chosen.kind === "one" ? chosen.place : target.place);
  const contents = await readContents(
    target,
    target.hosts.map((host) => ({ host, packages: seen.nodes.find(({ name }) => name === host.node)?.packages ?? [] })),
  );
  const store = trustStores.get(target.hosts[0].node) ?? null;
  const connectors = connectorFiles(seen, place);
  const drivers = compareNodes(seen.nodes, () => [target.driversDirectory], isDriverName);
  const sorted = await sortConnectors(connectors, contents, { seen, store });
  const sortedDrivers = sortDrivers(drivers, contents);
  const listed = new Set([...sorted.connectors, ...sortedDrivers.drivers].map(({ fileName }) => fileName));
  return {
    release: seen.version,
    place,
    signatures,
    connectors: sorted.connectors,
    drivers: sortedDrivers.drivers,
    leftOut: [...sorted.leftOut, ...sortedDrivers.leftOut, ...foldersAmong(seen.nodes)],
    topology: seen.topology,
    cost: adoptionCost(
      seen,
      [...connectors, ...drivers].filter(({ fileName }) => listed.has(fileName)),
    ),
  };
}

function connectorFiles(seen: SeenServer, place: LivePlace): NamedFile[] {
  return compareNodes(seen.nodes, placesOn(place), (fileName) => fileName.endsWith(".taco"));
}

type Contents = ReadonlyMap<string, Buffer>;
type Sorted = Pick<FoundSet, "connectors" | "leftOut">;

async function sortConnectors(
  files: readonly NamedFile[],
  contents: Contents,
  { seen, store }: { readonly seen: SeenServer; readonly store: string | null },
): Promise<Sorted> {
  const connectors: FoundConnector[] = [];
  const leftOut: LeftOut[] = [];
  for (const file of files) {
    const problem = nameProblem(file);
    if (problem !== null) leftOut.push(leave(file, "unusable", problem, contents));
    else if (file.agreed === null) leftOut.push(leave(file, "decide", await differences(file, contents), contents));
    else {
      const found = await connectorOf(file, file.agreed.sha256 ?? "", contents, { seen, store });
      if (typeof found === "string") leftOut.push(leave(file, "unusable", found, contents));
      else connectors.push(found);
    }
  }
  return withoutDoubles(connectors, leftOut);
}

async function connectorOf(
  { fileName }: NamedFile,
  sha256: string,
  contents: Contents,
  { seen, store }: { readonly seen: SeenServer; readonly store: string | null },
): Promise<FoundConnector | string> {
  const bytes = contents.get(sha256);
  if (bytes === undefined) return "It is too large to be fetched, or cannot be read. Copy it from a node, and list it in the program.";
  const taco = await readTaco(bytes).catch(() => null);
  if (taco === null) return "It is no connector that can be read.";
  const { minVersionTableau } = taco;
  if (minVersionTableau !== undefined && !isAtLeast(seen.version, minVersionTableau)) {
    return `It needs Tableau ${minVersionTableau}, and the server is ${seen.version}: it is not loaded.`;
  }
  if (!isAtLeast(seen.version, firstReleaseThatVerifies)) return { fileName, taco, bytes, refusals: [] };
  const judgement = await judgeSignature({ bytes, trustStores: store === null ? [] : [store], tableauVersion: seen.version });
  const unjudged = judgement.trustJudged ? [] : ["Whether the server trusts its signer is not known: no trust store was found there."];
  return { fileName, taco, bytes, refusals: [...judgement.refusals, ...unjudged] };
}

// Of two of one class Tableau loads one: which was meant is for a person to say.
function withoutDoubles(connectors: readonly FoundConnector[], leftOut: readonly LeftOut[]): Sorted {
  const namesOf = (pluginClass: string): string[] =>
    connectors.filter(({ taco }) => taco.pluginClass === pluginClass).map(({ fileName }) => fileName);
  const isDouble = ({ taco }: FoundConnector): boolean => namesOf(taco.pluginClass).length > 1;
  const doubles = connectors.filter(isDouble).map(({ fileName, taco, bytes }): LeftOut => {
    const others = namesOf(taco.pluginClass).filter((name) => name !== fileName);
    const why = `It holds the class ${taco.pluginClass} (version ${taco.pluginVersion}), and so does ${others.join(", ")}: Tableau loads one of them.`;
    return { fileName, kind: "decide", why, choices: new Map([[taco.sha256, bytes]]) };
  });
  return { connectors: connectors.filter((one) => !isDouble(one)), leftOut: [...leftOut, ...doubles] };
}

function sortDrivers(files: readonly NamedFile[], contents: Contents): Pick<FoundSet, "drivers" | "leftOut"> {
  const drivers: FoundDriver[] = [];
  const leftOut: LeftOut[] = [];
  for (const file of files) {
    const problem = nameProblem(file);
    const sha256 = file.agreed?.sha256 ?? "";
    const bytes = contents.get(sha256);
    if (problem !== null) leftOut.push(leave(file, "unusable", problem, contents));
    else if (file.agreed === null) leftOut.push(leave(file, "decide", whereItLies(file, noVersion), contents));
    else if (bytes === undefined) leftOut.push(leave(file, "unusable", "It is too large to be fetched. Copy it from a node.", contents));
    else if (!bytes.subarray(0, 2).equals(Buffer.from("PK"))) leftOut.push(leave(file, "unusable", "It is no .jar file.", contents));
    else drivers.push({ fileName: file.fileName, sha256, bytes });
  }
  return { drivers, leftOut };
}

function foldersAmong(nodes: readonly SeenNode[]): LeftOut[] {
  const names = new Set(nodes.flatMap(({ packages }) => packages.filter(({ form }) => form === "folder").map(({ fileName }) => fileName)));
  return [...names].map((fileName) => {
    return { fileName, kind: "unusable", why: "It is an unpacked connector, under development: it stays as it is.", choices: new Map() };
  });
}

// A name from a node becomes text of a program and a part of paths.
function nameProblem({ fileName, copies }: NamedFile): string | null {
  const failures = new Failures();
  checkPlainName(fileName, failures);
  const directory = copies[0]?.directory ?? "";
  const onWindows = isWindowsPath(directory) ? windowsNameProblem(fileName) : null;
  if (failures.list.length === 0 && onWindows === null) return null;
  return "No program can name it so: rename it on every node.";
}

async function differences(file: NamedFile, contents: Contents): Promise<string> {
  const versions = new Map<string, string>();
  for (const { found } of file.copies) {
    const bytes = found?.sha256 === null || found === null ? undefined : contents.get(found.sha256);
    const taco = bytes === undefined ? null : await readTaco(bytes).catch(() => null);
    if (taco !== null) versions.set(taco.sha256, ` (version ${taco.pluginVersion})`);
  }
  return whereItLies(file, (sha256) => versions.get(sha256) ?? "");
}

// A driver says of itself no version that could be read.
const noVersion = (): string => "";

function whereItLies({ copies }: NamedFile, versionOf: (sha256: string) => string): string {
  const groups = new Map<string, string[]>();
  for (const { node, directory, found } of copies) {
    const what = whatLies(found, versionOf);
    groups.set(what, [...(groups.get(what) ?? []), `${node}:${directory}`]);
  }
  return `The nodes do not agree: ${[...groups].map(([what, places]) => `${what} in ${places.join(", ")}`).join("; ")}.`;
}

function whatLies(found: NamedFile["copies"][number]["found"], versionOf: (sha256: string) => string): string {
  if (found === null) return "it is missing";
  if (found.form === "link") return "it is a symbolic link";
  if (found.sha256 === null) return "it cannot be read";
  return `it is ${found.sha256.slice(0, 12)}${versionOf(found.sha256)}`;
}

function leave({ fileName, copies }: NamedFile, kind: LeftOut["kind"], why: string, contents: Contents): LeftOut {
  const choices = new Map<string, Buffer>();
  for (const { found } of copies) {
    const bytes = found?.sha256 === null || found === null ? undefined : contents.get(found.sha256);
    if (kind === "decide" && bytes !== undefined && typeof found?.sha256 === "string") choices.set(found.sha256, bytes);
  }
  return { fileName, kind, why, choices };
}
