import { chmodSync, chownSync, copyFileSync, existsSync, mkdirSync, readdirSync, realpathSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { writeTrust } from "../authority/write-trust";
import { loadingProcesses, sharedFolder } from "../connectors/folders";
import type { Installation } from "../connectors/places";
import { packageRoot } from "../package-root";
import { isAtLeast, type Release } from "../release";
import { deployUser, tableauUser, type Login } from "./accounts";
import { linuxPlaces } from "./places";

export interface TreeOptions {
  readonly tree: string;
  readonly installation: Installation;
  readonly login: Login;
  readonly stateDirectory: string;
  /** Whether files can be given to the node's users: only root can. */
  readonly owners: "real" | "one";
}

/** Names of the real processes that a running server has on a node. */
export function processNames(release: string): string[] {
  return ["vizportal", ...loadingProcesses(release, { serviceData: "" }).map((process) => process.name)];
}

/** Makes what is missing of the folders of a node that no release has for itself. What lies there from an earlier start stays. */
export function makeTree(options: TreeOptions): void {
  const { tree } = options;
  for (const folder of ["opt/tableau", "var/opt", "etc/opt/tableau/tableau_server", "etc/profile.d", "home", "tmp"]) {
    makeFolder(tree, `/${folder}`);
  }
  chmodSync(join(tree, "tmp"), 0o1777);
  for (const [name, uid] of [
    ["root", 0],
    ["deploy", deployUser.uid],
    ["tableau", tableauUser.uid],
  ] as const) {
    makeHome(name, uid, options);
  }
}

/** Lays the packages of a release into folders of their own, as its installer does. What lies there already stays. */
export function layPackages(release: Release, options: TreeOptions & { readonly cacerts: Buffer | undefined }): void {
  const { tree, installation, cacerts } = options;
  const { packages, javaHome } = linuxPlaces("", release.build, installation);
  makeFolder(tree, `${packages}/customer-bin.${release.build}`);
  makeFolder(tree, `${packages}/bin.${release.build}`);
  for (const name of processNames(release.version)) makeProgram(join(tree, packages, `bin.${release.build}`, name));
  writeTrust(makeFolder(tree, javaHome), cacerts);
  const keytool = join(makeFolder(tree, `${javaHome}/bin`), "keytool");
  if (!existsSync(keytool)) copyFileSync(join(packageRoot(), "simulator/scripts/keytool.sh"), keytool);
  chmodSync(keytool, 0o755);
}

/** Makes what is missing of the data folders of the release in use, and names it in the settings. */
export function takeRelease({ version, build }: Release, options: TreeOptions): void {
  const { tree, installation } = options;
  const { serviceData } = linuxPlaces("", build, installation);
  for (const name of ["logs", ...loadingProcesses(version, { serviceData }).map((process) => process.name)]) {
    own(makeFolder(tree, `${serviceData}/${name}`), tableauUser.uid, options);
  }
  writeFileSync(join(tree, "etc/opt/tableau/tableau_server/environment.bash"), environment(build, installation), { mode: 0o644 });
  if (options.login !== "tsmadmin") return;
  const connectors = isAtLeast(version, "2021.2") ? [sharedFolder] : [sharedFolder, `${serviceData}/vizqlserver/Connectors`];
  for (const folder of [...connectors, options.stateDirectory]) own(makeFolder(tree, folder), deployUser.uid, options);
}

/** The profile script by which a login shell finds tsm. */
export function profileScript(build: string, installation: Installation): string {
  return `# Tableau Server
set -a
. /etc/opt/tableau/tableau_server/environment.bash
set +a
PATH="$PATH:${linuxPlaces("", build, installation).packages}/customer-bin.${build}"
`;
}

function environment(build: string, { programs, data }: Installation): string {
  return `TABLEAU_SERVER_CONFIG_NAME="tabsvc"
TABLEAU_SERVER_DATA_DIR="${data}"
TABLEAU_SERVER_DATA_DIR_VERSION="${build}"
TABLEAU_SERVER_INSTALL_DIR="${programs}"
`;
}

function makeFolder(tree: string, folder: string): string {
  const path = join(tree, folder);
  if (!existsSync(path)) {
    mkdirSync(path, { recursive: true });
    chmodSync(path, 0o755);
  }
  return path;
}

function own(path: string, uid: number, options: TreeOptions): void {
  if (options.owners === "real" && readdirSync(path).length === 0) chownSync(path, uid, uid);
}

// A process is known by the name of its program, so each is a copy of sleep; where sleep is part of a program that looks
// at its own name (busybox), a script does.
function makeProgram(path: string): void {
  if (existsSync(path)) return;
  const sleep = ["/bin/sleep", "/usr/bin/sleep"].find(existsSync);
  if (sleep !== undefined && basename(realpathSync(sleep)) === "sleep") copyFileSync(sleep, path);
  else writeFileSync(path, "#!/bin/bash\nwhile :; do read -r -t 3600 <> <(:); done\n");
  chmodSync(path, 0o755);
}

function makeHome(name: string, uid: number, options: TreeOptions): void {
  const home = join(options.tree, "home", name);
  if (existsSync(home)) return;
  mkdirSync(home);
  chmodSync(home, 0o755);
  writeFileSync(join(home, ".bashrc"), "# ~/.bashrc\n");
  if (options.owners === "real") for (const path of [home, join(home, ".bashrc")]) chownSync(path, uid, uid);
}
