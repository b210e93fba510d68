import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { LoadedConnector, RejectedConnector } from "../cluster-state";
import { isAtLeast } from "../release";
import type { Switches } from "../switches";
import { compareVersions } from "./compare-versions";
import { foldersOf, loadingProcesses, prepProcess, type LoadingProcess } from "./folders";
import type { Places } from "./places";
import { readManifest, type Manifest } from "./read-manifest";
import { canRead, type RunAsUser } from "./run-as-access";
import { treeDigest } from "./tree-digest";

/** Judges a package as Tableau does at sign-in: undefined if it may be used, else the reason why not. */
export type VerifyPackage = (bytes: Buffer, judge: PackageJudge) => string | undefined | Promise<string | undefined>;

/** The server on a node that judges a package. */
export interface PackageJudge {
  readonly node: string;
  /** Release of the server. */
  readonly release: string;
  /** Where the node's cacerts is on this machine; the rest of its Java runtime lies around it. */
  readonly trustStore: string;
}

export interface LoadOptions {
  readonly node: string;
  /** Where the node's `/` is on this machine. */
  readonly root: string;
  readonly places: Places;
  readonly release: string;
  readonly pluginsPath: string | undefined;
  /** Gives a folder the name that the disk has, where case does not count. Default: as it is. */
  readonly settledPath?: (folder: string) => string;
  readonly verification: "on" | "off";
  readonly runAs: RunAsUser;
  readonly folderOrder: Switches["folderOrder"];
  readonly unpackedFolders: Switches["unpackedFolders"];
  readonly verifyPackage: VerifyPackage | undefined;
}

export interface LoadResult {
  readonly loaded: LoadedConnector[];
  readonly rejected: RejectedConnector[];
}

interface Candidate {
  readonly file: string;
  readonly manifest: Manifest;
}

/** What the server's processes on one node load at a start. */
export async function loadConnectors(options: LoadOptions): Promise<LoadResult> {
  const rejected: RejectedConnector[] = [];
  const byFile = new Map<string, { candidate: Candidate; processes: string[] }>();
  for (const process of processesOf(options)) {
    const registered = new Map<string, Candidate>();
    const reject = (file: string, reason: string): void => void rejected.push({ node: options.node, file, process: process.name, reason });
    const folders = foldersOf(process, options).map((folder) => options.settledPath?.(folder) ?? folder);
    for (const folder of new Set(folders)) {
      for (const file of packagesIn(folder, options)) {
        const candidate = await judge(file, options);
        if (typeof candidate === "string") reject(file, candidate);
        else register(registered, candidate, options.release, reject);
      }
    }
    for (const candidate of registered.values()) {
      const entry = byFile.get(candidate.file) ?? { candidate, processes: [] };
      entry.processes.push(process.name);
      byFile.set(candidate.file, entry);
    }
  }
  const loaded = await Promise.all([...byFile.values()].map(({ candidate, processes }) => describe(candidate, processes, options)));
  return { loaded, rejected };
}

// Flow web authoring runs as one service or the other, which no source ties to a release: the node's folders tell.
function processesOf({ release, places, root }: LoadOptions): LoadingProcess[] {
  const processes = loadingProcesses(release, places);
  const has = existsSync(join(root, places.serviceData, "flowminerva"));
  return has ? [...processes, prepProcess("flowminerva", places.serviceData)] : processes;
}

function packagesIn(folder: string, options: LoadOptions): string[] {
  const here = join(options.root, folder);
  if (!existsSync(here) || !statSync(here).isDirectory() || !canRead(options.root, folder, options.runAs)) return [];
  const isPackage = (name: string): boolean =>
    (isAtLeast(options.release, "2019.4") && name.endsWith(".taco")) ||
    (readsUnpacked(folder, options) && existsSync(join(here, name, "manifest.xml")));
  const names = readdirSync(here).filter(isPackage).sort();
  if (options.folderOrder === "reverse-name") names.reverse();
  if (options.folderOrder === "newest-first") names.sort((a, b) => statSync(join(here, b)).mtimeMs - statSync(join(here, a)).mtimeMs);
  return names.map((name) => `${folder.replace(/\/$/, "")}/${name}`);
}

function readsUnpacked(folder: string, { pluginsPath, places, unpackedFolders }: LoadOptions): boolean {
  const byPath = folder === pluginsPath?.replace(/(?<=.)\/+$/, "");
  return byPath || unpackedFolders === "everywhere" || (unpackedFolders === "path-and-shared" && folder === places.connectors);
}

async function judge(file: string, options: LoadOptions): Promise<Candidate | string> {
  if (!canRead(options.root, file, options.runAs)) return `not readable by ${options.runAs.name}`;
  const manifest = await readManifest(join(options.root, file));
  if (manifest === undefined) return "not a readable package";
  const needed = manifest.minVersionTableau;
  if (needed !== undefined && !isAtLeast(options.release, needed)) return `needs Tableau ${needed}`;
  return { file, manifest };
}

// From 2022.2 the highest plugin-version wins and the first of equal ones; before, the first of a class.
function register(
  registered: Map<string, Candidate>,
  candidate: Candidate,
  release: string,
  reject: (file: string, reason: string) => void,
): void {
  const known = registered.get(candidate.manifest.class);
  const wins =
    known === undefined ||
    (isAtLeast(release, "2022.2") && compareVersions(candidate.manifest.pluginVersion, known.manifest.pluginVersion) > 0);
  if (!wins) return reject(candidate.file, `Class already registered: ${candidate.manifest.class}`);
  if (known !== undefined) reject(known.file, `a higher version of ${candidate.manifest.class} was found`);
  registered.set(candidate.manifest.class, candidate);
}

async function describe(candidate: Candidate, processes: readonly string[], options: LoadOptions): Promise<LoadedConnector> {
  const here = join(options.root, candidate.file);
  const isFolder = statSync(here).isDirectory();
  const bytes = isFolder ? Buffer.alloc(0) : readFileSync(here);
  const reason = await refusal(candidate.manifest, bytes, options);
  return {
    node: options.node,
    class: candidate.manifest.class,
    pluginVersion: candidate.manifest.pluginVersion,
    file: candidate.file,
    sha256: isFolder ? treeDigest(here) : createHash("sha256").update(bytes).digest("hex"),
    processes,
    usable: reason === undefined,
    ...(reason === undefined ? {} : { reason }),
  };
}

// The server checks signatures from 2020.1, at sign-in: what it refuses is loaded all the same.
function refusal(manifest: Manifest, bytes: Buffer, options: LoadOptions): string | undefined | Promise<string | undefined> {
  if (options.verification === "off" || !isAtLeast(options.release, "2020.1")) return undefined;
  if (!manifest.hasSignature) return "not signed";
  const { node, release, root, places } = options;
  return options.verifyPackage?.(bytes, {
    node,
    release,
    trustStore: join(root, places.trustStore),
  });
}
