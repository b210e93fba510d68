import { planDesktop, type DesiredOnMachine } from "../../../provider/machine/plan/plan-desktop";
import { planDriver } from "../../../provider/machine/plan/plan-driver";
import { planPlacing, type DesiredFile } from "../../../provider/machine/plan/plan-placing";
import { whyNotOn, type PlatformName, type ProductName } from "../../../provider/machine/plan/products";
import type { OwnerNote, SeenMachine, SeenMachineFile, SeenMachinePackage } from "../../../provider/machine/plan/seen-machine";

const [ours, others] = ["a".repeat(64), "b".repeat(64)];
const folder = "C:/Users/anna/Documents/My Tableau Repository/Connectors";
const shared = "C:/Program Files/Tableau/Connectors";

const wanted = (parts: Partial<DesiredOnMachine> = {}): DesiredOnMachine => ({
  fileName: "a.taco",
  sha256: ours,
  stack: "shop/dev",
  token: "token-1",
  overwriteUnmanaged: false,
  product: "desktop",
  release: "2024.2",
  pluginClass: "a",
  pluginVersion: "1.1.0",
  minVersionTableau: "2019.4",
  ...parts,
});
const file = (parts: Partial<SeenMachinePackage> = {}): SeenMachinePackage => ({
  folder,
  fileName: "a.taco",
  form: "file",
  sha256: ours,
  identity: null,
  ...parts,
});
const of = (pluginVersion: string, pluginClass = "a"): SeenMachinePackage["identity"] => ({ pluginClass, pluginVersion, signed: true });
const rival = (parts: Partial<SeenMachinePackage> = {}): SeenMachinePackage =>
  file({ folder: shared, fileName: "other.taco", sha256: others, identity: of("2.0"), ...parts });
const note: OwnerNote = { token: "token-1", stack: "shop/dev" };
const machine = (parts: Partial<SeenMachine> = {}): SeenMachine => ({
  platform: "windows",
  folder,
  note: null,
  running: false,
  otherRepositories: [],
  releases: [],
  packages: [],
  ...parts,
});

describe("one file in one folder", () => {
  const placing = (
    there: SeenMachineFile | null,
    by: OwnerNote | null,
    parts: Partial<DesiredFile> = {},
  ): [string, string | null, number] => {
    const { action, was, refusals } = planPlacing(wanted(parts), machine({ note: by }), there);
    return [action, was, refusals.length];
  };
  const other = file({ sha256: others });
  const strange = { token: "token-9", stack: "shop/other" };
  test.each<[string, SeenMachineFile | null, OwnerNote | null, Partial<DesiredFile>, [string, string | null, number]]>([
    ["nothing is there", null, null, {}, ["place", null, 0]],
    ["nothing is there, and a note", null, note, {}, ["place", null, 0]],
    ["it is there", file(), note, {}, ["none", ours, 0]],
    ["it is there, and no note", file(), null, {}, ["adopt", ours, 0]],
    ["it is there, and the note of another", file(), strange, {}, ["adopt", ours, 0]],
    ["another is there, of ours", other, note, {}, ["place", others, 0]],
    ["another is there, of this stack", other, { ...note, token: "token-9" }, {}, ["place", others, 0]],
    ["another is there, by this token", other, { ...note, stack: "shop/earlier" }, {}, ["place", others, 0]],
    ["another is there, of nobody knows whom", other, null, {}, ["place", others, 1]],
    ["another is there, of another stack", other, strange, {}, ["place", others, 1]],
    ["another is there, overwritten", other, strange, { overwriteUnmanaged: true }, ["place", others, 0]],
    ["one that cannot be read", file({ sha256: null }), note, {}, ["place", "unreadable", 0]],
    ["a folder", file({ sha256: null, form: "folder" }), note, {}, ["place", "unreadable", 1]],
    ["a folder, overwritten", file({ sha256: null, form: "folder" }), null, { overwriteUnmanaged: true }, ["place", "unreadable", 0]],
  ])("%s", (_name, there, by, parts, expected) => {
    expect(placing(there, by, parts)).toEqual(expected);
  });

  test("a refusal says what is there, and whose it is", () => {
    const says = (there: SeenMachineFile, by: OwnerNote | null): string =>
      planPlacing(wanted(), machine({ note: by }), there).refusals[0] ?? "";
    expect(says(other, null)).toContain(`sha256 ${others.slice(0, 8)})`);
    expect(says(file({ sha256: null }), strange)).toMatch(/unreadable.*shop\/other/);
    expect(says(file({ sha256: null, form: "folder" }), strange)).toContain("a folder of that name");
  });
});

test.each<[ProductName, PlatformName, boolean]>([
  ["desktop", "windows", true],
  ["desktop", "macos", true],
  ["desktop", "linux", false],
  ["prep", "linux", false],
  ["prep", "macos", true],
  ["prep", "windows", true],
  ["bridge", "linux", true],
  ["bridge", "macos", false],
  ["bridge", "windows", true],
])("%s on %s: %s", (product, platform, expected) => {
  expect(whyNotOn(product, platform) === null).toBe(expected);
  const seen = { platform, folder, note: null, running: false, file: null };
  const placing = planDriver(product, { ...wanted(), fileName: "x.jar" }, seen);
  expect(placing).toMatchObject({ action: "place", refusals: expected ? [] : [whyNotOn(product, platform)] });
  expect(planDesktop(wanted({ product }), machine({ platform })).refusals).toEqual(placing.refusals);
});

test("a system is named with those that there are", () => {
  expect(whyNotOn("bridge", "macos")).toMatch(/macOS.*Windows and Linux/);
});

describe("a package", () => {
  test.each<[string, Partial<DesiredOnMachine>, string[], number]>([
    ["a release that loads it", {}, [], 0],
    ["the first that loads packages", { release: "2019.4" }, [], 0],
    ["one before", { release: "2019.3" }, [], 1],
    ["one that it is too new for", { minVersionTableau: "2024.3" }, [], 1],
    ["too old for everything, told once", { release: "2019.3", minVersionTableau: "2024.3" }, [], 1],
    ["the newest that is installed", { release: null, minVersionTableau: "2024.3" }, ["2024.2", "2024.3"], 1],
    ["the newest that is installed loads it", { release: null, minVersionTableau: "2024.3" }, ["2024.3", "2024.2"], 0],
    ["the one that is given, whatever is installed", { release: "2024.2", minVersionTableau: "2024.3" }, ["2024.3"], 1],
    ["none that is known", { release: null, minVersionTableau: "2024.3" }, [], 0],
  ])("meets %s", (_name, parts, releases, refusals) => {
    const plan = planDesktop(wanted(parts), machine({ releases }));
    expect(plan).toMatchObject({ action: "place", was: null, hidden: [], warnings: [] });
    expect(plan.refusals).toHaveLength(refusals);
  });

  test("is looked for in its own folder, by its name", () => {
    const elsewhere = file({ folder: shared, sha256: others, identity: of("0.1") });
    const beside = file({ fileName: "b.taco", sha256: others });
    expect(planDesktop(wanted(), machine({ packages: [elsewhere, beside] }))).toMatchObject({ action: "place", was: null });
    expect(planDesktop(wanted(), machine({ packages: [elsewhere, beside, file()], note }))).toMatchObject({ action: "none", was: ours });
  });
});

const rivals: [string, Partial<DesiredOnMachine>, SeenMachinePackage, number, number][] = [
  ["a newer one", {}, rival(), 1, 0],
  ["an older one", {}, rival({ identity: of("1.0") }), 0, 1],
  ["of the same version, in the shared folder", {}, rival({ identity: of("1.1") }), 1, 0],
  ["of the same version, beside it", {}, rival({ folder, identity: of("1.1") }), 1, 0],
  ["the same bytes, which nobody looked into", {}, rival({ sha256: ours, identity: null }), 0, 1],
  ["another class", {}, rival({ identity: of("2.0", "b") }), 0, 0],
  ["one that nobody can read", {}, rival({ identity: null }), 0, 0],
  ["its own earlier file", {}, file({ sha256: others, identity: of("2.0") }), 0, 0],
  ["a newer one beside it, before 2022.2", { release: "2022.1" }, rival({ folder }), 1, 0],
  ["an older one in the shared folder, before 2022.2", { release: "2022.1" }, rival({ identity: of("0.1") }), 1, 0],
  ["a newer one in the shared folder, in whatever release", { release: null }, rival(), 1, 0],
  ["an older one in the shared folder, in nobody knows which", { release: null }, rival({ identity: of("0.1") }), 1, 0],
  ["the same bytes, in whatever release", { release: null }, rival({ sha256: ours }), 0, 1],
  ["beside it, in nobody knows which", { release: null }, rival({ folder }), 1, 0],
  ["of the same version beside it, in whatever release", { release: null }, rival({ folder, identity: of("1.1") }), 1, 0],
];

describe("another package of the class", () => {
  test.each(rivals)("%s", (_name, parts, other, hidden, warnings) => {
    const plan = planDesktop(wanted({ overwriteUnmanaged: true, ...parts }), machine({ packages: [other] }));
    expect([plan.hidden.length, plan.refusals.length, plan.warnings.length]).toEqual([hidden, hidden, warnings]);
    for (const text of [...plan.hidden, ...plan.warnings]) expect(text).toContain(`${other.folder}/${other.fileName}`);
  });

  test("is told with its version, and a release that is not known is asked for", () => {
    const says = (parts: Partial<DesiredOnMachine>, other: SeenMachinePackage): string =>
      planDesktop(wanted(parts), machine({ packages: [other] })).hidden[0] ?? "";
    expect(says({}, rival())).toContain("version 2.0");
    const asked = "machine.version";
    expect(says({ release: null }, rival({ identity: of("0.1") }))).toContain(asked);
    expect(says({ release: null }, rival({ folder, identity: of("1.1") }))).not.toContain(asked);
    expect(says({}, rival({ folder, identity: of("1.1") }))).not.toContain(asked);
    expect(says({}, rival({ folder, identity: of("1.1") }))).not.toBe(says({}, rival({ folder })));
    const copy = planDesktop(wanted(), machine({ packages: [rival({ sha256: ours, identity: null })] }));
    expect(copy.warnings[0]).toContain("version 1.1.0");
  });
});
