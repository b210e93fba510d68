import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { connectPluginsPathKey, disableVerifyKey } from "../../provider/vocabulary/keys";
import type { DesiredServer } from "../../provider/plan/desired";
import { ownDirectories, perProcessDirectories } from "../../provider/plan/placement/load-order";
import { liveDirectories, type Placement } from "../../provider/plan/placement/placement";
import { planActivation } from "../../provider/plan/plan-activation";
import { linuxLayout } from "../../provider/plan/placement/layout";
import type { SeenPackage, SeenServer } from "../../provider/plan/seen";
import { isAtLeast } from "../../provider/vocabulary/version";
import { makeTaco } from "../../simulator";
import { foldersOf, loadingProcesses, prepProcess, type LoadingProcess } from "../../simulator/connectors/folders";
import { loadConnectors, type LoadOptions } from "../../simulator/connectors/load-connectors";
import { linuxPlaces } from "../../simulator/nodes/places";
import { connector, desiredServer, digest, node, packageOf, recordOf, seenServer, stored } from "../plan/support/servers";

const ours = "1.1.0";
const elsewhere = "/srv/connectors";
const others = ["1.0.0", "1.1.0", "1.10.0"];

/** One server, where ours lies, and another package of its class. */
interface Collision {
  readonly release: string;
  readonly placement: Placement;
  readonly directory: string;
  readonly otherDirectory: string;
  readonly otherName: string;
  readonly otherVersion: string;
}

/** The first and the last release of each group whose rules differ. */
const releases = ["2019.4", "2021.1", "2021.2", "2022.1", "2022.2", "2025.1"];

const places: readonly (Pick<Collision, "placement" | "directory"> & { readonly from: string })[] = [
  { placement: "automatic", directory: linuxLayout.connectors, from: "2019.4" },
  { placement: "automatic", directory: elsewhere, from: "2019.4" },
  { placement: "path", directory: linuxLayout.connectors, from: "2019.4" },
  { placement: "perProcess", directory: linuxLayout.connectors, from: "2019.4" },
  { placement: "shared", directory: linuxLayout.connectors, from: "2021.2" },
];

// PULUMI_TABLEAU_COLLISIONS=whole is every version in every place; otherwise each place has one of them, with the next release the next.
const whole = process.env["PULUMI_TABLEAU_COLLISIONS"] === "whole";

function collisions(release: string, otherName: string): Collision[] {
  const turn = releases.indexOf(release);
  const own = processesOf(release).map(({ ownFolder }) => ownFolder);
  return places
    .filter(({ from }) => isAtLeast(release, from))
    .flatMap(({ placement, directory }) =>
      [linuxLayout.connectors, elsewhere, "/srv/nobody", ...own].flatMap((otherDirectory) =>
        others.map((otherVersion) => ({ release, placement, directory, otherDirectory, otherName, otherVersion })),
      ),
    )
    .filter((_, index) => whole || (index + Math.floor(index / others.length) + turn) % others.length === 0);
}

const nodePlaces = linuxPlaces("", "20242.24.0807.0327");

// On this node Flow web authoring has a folder under both of its names.
function processesOf(release: string): LoadingProcess[] {
  return [...loadingProcesses(release, nodePlaces), prepProcess("flowminerva", nodePlaces.serviceData)];
}

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "collisions-"));
  chmodSync(root, 0o755);
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

// Which of two in one folder comes first is not told by any source.
test.each(releases)("%s: what preview says of two packages of one class is what the server loads", async (release) => {
  let refused = 0;
  for (const one of collisions(release, "other.taco")) {
    const loads = await loadsOurs(one, "everywhere");
    expect({ ...one, refused: isRefused(one) }).toEqual({ ...one, refused: !loads });
    refused += loads ? 0 : 1;
  }
  expect(refused).toBeGreaterThan(10);
});

test.each(releases)("%s: an unpacked folder of the class is refused wherever some server would load it instead", async (release) => {
  for (const one of collisions(release, "other")) {
    const refused = isRefused(one);
    expect({ ...one, refused }).toEqual({ ...one, refused: !(await loadsOurs(one, "everywhere")) });
    // Where it is refused anyway, a server that reads fewer folders has nothing to add.
    if (!refused) expect({ ...one, loads: await loadsOurs(one, "path") }).toEqual({ ...one, loads: true });
  }
});

function isRefused(one: Collision): boolean {
  const { refusals } = planActivation(wanted(one), seen(one));
  expect(refusals.filter(({ code }) => code !== "shadowed")).toEqual([]);
  return refusals.length > 0;
}

function wanted({ placement, directory }: Collision): DesiredServer {
  return desiredServer({ placement, directory, connectors: [connector("a_jdbc", ours)], nodes: ["node1"] });
}

function seen(one: Collision): SeenServer {
  const desired = wanted(one);
  const folders = [...new Set([linuxLayout.connectors, elsewhere, one.directory, ...ownDirectories(linuxLayout.connectors)])];
  const bare = node("node1", {
    directories: folders.map((path) => ({ path, exists: true, parentExists: true, traversable: true })),
    packages: [],
    stored: desired.connectors.map((listed) => stored(listed)),
  });
  const other: SeenPackage = packageOf(connector("a_jdbc", one.otherVersion), {
    directory: one.otherDirectory,
    fileName: one.otherName,
    form: isFolder(one) ? "folder" : "file",
    sha256: digest(`other ${one.otherVersion}`),
    identity: { pluginClass: "a_jdbc", pluginVersion: one.otherVersion, signed: false },
  });
  const live = desired.connectors.flatMap((listed) => liveDirectories(desired, bare).map((directory) => packageOf(listed, { directory })));
  return seenServer({
    version: one.release,
    topology: ["node1"],
    keys: { [connectPluginsPathKey]: { kind: "unset" }, [disableVerifyKey]: { kind: "unset" } },
    nodes: [{ ...bare, packages: [...live, other] }],
    record: recordOf([]),
  });
}

/** Whether every process that reads a place of ours loads ours, in whatever order a folder's files come. */
async function loadsOurs(one: Collision, unpackedFolders: LoadOptions["unpackedFolders"]): Promise<boolean> {
  const plan = planActivation(wanted(one), seen(one));
  const key = plan.steps.find((step) => step.kind === "setKey");
  const options = { release: one.release, places: nodePlaces, pluginsPath: key?.kind === "setKey" ? key.value : undefined };
  const live = one.placement === "perProcess" ? perProcessDirectories(linuxLayout.connectors) : [one.directory];
  write(live, one);
  const ofOurs = new Set(live.map((directory) => join(directory, "a_jdbc.taco")));
  const readers = processesOf(one.release).filter((process) => foldersOf(process, options).some((folder) => live.includes(folder)));
  const loads = async (folderOrder: LoadOptions["folderOrder"]): Promise<boolean> => {
    const { loaded } = await loadConnectors({
      ...options,
      node: "node1",
      root,
      verification: "off",
      runAs: { name: "tableau", uid: 41001, gids: [] },
      folderOrder,
      unpackedFolders,
      verifyPackage: undefined,
    });
    return readers.every(({ name }) => loaded.some(({ file, processes }) => ofOurs.has(file) && processes.includes(name)));
  };
  return (await loads("name")) && (await loads("reverse-name"));
}

function write(live: readonly string[], one: Collision): void {
  rmSync(root, { recursive: true });
  const own = processesOf(one.release).map(({ ownFolder }) => ownFolder);
  for (const directory of [...own, ...live, one.otherDirectory]) mkdirSync(join(root, directory), { recursive: true });
  for (const directory of live) writeFileSync(join(root, directory, "a_jdbc.taco"), ourPackage);
  const other = join(root, one.otherDirectory, one.otherName);
  if (isFolder(one)) {
    mkdirSync(other);
    writeFileSync(join(other, "manifest.xml"), `<connector-plugin class='a_jdbc' plugin-version='${one.otherVersion}'>`);
  } else writeFileSync(other, otherPackages.get(one.otherVersion) ?? "");
  expect(dirname(other)).toBe(join(root, one.otherDirectory));
}

function isFolder({ otherName }: Collision): boolean {
  return !otherName.endsWith(".taco");
}

const ourPackage = makeTaco({ class: "a_jdbc", pluginVersion: ours, signed: "none" });
const otherPackages = new Map(
  others.map((version) => [version, makeTaco({ class: "a_jdbc", pluginVersion: version, vendor: "Other", signed: "none" })]),
);
