import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { LoadedConnector } from "../cluster-state";
import { isAtLeast } from "../release";
import type { Switches } from "../switches";
import { compareVersions } from "./compare-versions";
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

/** How a program of Tableau reads folders of connectors: the same for the server's processes and for Desktop. */
export interface FolderRules {
  readonly node: string;
  /** Where the node's `/` is on this machine. */
  readonly root: string;
  readonly release: string;
  readonly verification: "on" | "off";
  /** First release of this program that verifies signatures. */
  readonly verifiesFrom: string;
  readonly runAs: RunAsUser;
  readonly folderOrder: Switches["folderOrder"];
  /** Whether it takes unpacked connectors from this folder. */
  readonly readsUnpacked: (folder: string) => boolean;
  /** Path of cacerts on this machine. */
  readonly trustStore: string;
  readonly verifyPackage: VerifyPackage | undefined;
}

export interface Candidate {
  readonly file: string;
  readonly manifest: Manifest;
}

/** What one process registers from folders in their order of priority, and what it rejects. */
export async function registerFrom(
  folders: readonly string[],
  rules: FolderRules,
): Promise<{ readonly registered: readonly Candidate[]; readonly rejected: readonly { file: string; reason: string }[] }> {
  const rejected: { file: string; reason: string }[] = [];
  const registered = new Map<string, Candidate>();
  const reject = (file: string, reason: string): void => void rejected.push({ file, reason });
  for (const folder of folders) {
    for (const file of packagesIn(folder, rules)) {
      const candidate = await judge(file, rules);
      if (typeof candidate === "string") reject(file, candidate);
      else register(registered, candidate, rules.release, reject);
    }
  }
  return { registered: [...registered.values()], rejected };
}

function packagesIn(folder: string, rules: FolderRules): string[] {
  const here = join(rules.root, folder);
  if (!existsSync(here) || !statSync(here).isDirectory() || !canRead(rules.root, folder, rules.runAs)) return [];
  const isPackage = (name: string): boolean =>
    (isAtLeast(rules.release, "2019.4") && name.endsWith(".taco")) ||
    (rules.readsUnpacked(folder) && existsSync(join(here, name, "manifest.xml")));
  const names = readdirSync(here).filter(isPackage).sort();
  if (rules.folderOrder === "reverse-name") names.reverse();
  if (rules.folderOrder === "newest-first") names.sort((a, b) => statSync(join(here, b)).mtimeMs - statSync(join(here, a)).mtimeMs);
  return names.map((name) => `${folder.replace(/\/$/, "")}/${name}`);
}

async function judge(file: string, rules: FolderRules): Promise<Candidate | string> {
  if (!canRead(rules.root, file, rules.runAs)) return `not readable by ${rules.runAs.name}`;
  const manifest = await readManifest(join(rules.root, file));
  if (manifest === undefined) return "not a readable package";
  const needed = manifest.minVersionTableau;
  if (needed !== undefined && !isAtLeast(rules.release, needed)) return `needs Tableau ${needed}`;
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

/** A registered connector as it is told, with the verdict of the signature check. */
export async function describeLoaded(candidate: Candidate, processes: readonly string[], rules: FolderRules): Promise<LoadedConnector> {
  const here = join(rules.root, candidate.file);
  const isFolder = statSync(here).isDirectory();
  const bytes = isFolder ? Buffer.alloc(0) : readFileSync(here);
  const reason = await refusal(candidate.manifest, bytes, rules);
  return {
    node: rules.node,
    class: candidate.manifest.class,
    pluginVersion: candidate.manifest.pluginVersion,
    file: candidate.file,
    sha256: isFolder ? treeDigest(here) : createHash("sha256").update(bytes).digest("hex"),
    processes,
    usable: reason === undefined,
    ...(reason === undefined ? {} : { reason }),
  };
}

// Signatures are checked at sign-in: what is refused then is loaded all the same.
function refusal(manifest: Manifest, bytes: Buffer, rules: FolderRules): string | undefined | Promise<string | undefined> {
  const { node, release, trustStore, verification, verifiesFrom, verifyPackage } = rules;
  if (verification === "off" || !isAtLeast(release, verifiesFrom)) return undefined;
  if (!manifest.hasSignature) return "not signed";
  return verifyPackage?.(bytes, { node, release, trustStore });
}
