import { compareFiles, isMended, notSurelyOurs, toRetire } from "../../../provider/plan/compare/compare-files";
import type { DesiredServer } from "../../../provider/plan/desired";
import { linuxLayout } from "../../../provider/plan/placement/layout";
import { ownDirectories } from "../../../provider/plan/placement/load-order";
import type { ServerRecord } from "../../../provider/plan/record/record";
import type { SeenDirectory, SeenNode, SeenPackage, SeenServer } from "../../../provider/plan/seen";
import { codesOf } from "../support/findings";
import { connector, desiredServer, digest, node, packageOf, recordOf, seenServer, started, stored, stranger } from "../support/servers";

const a = connector("a_jdbc");
const next = connector("a_jdbc", "2.0.0");
const ours = recordOf([a]);
const adopted: ServerRecord = {
  ...ours,
  files: Object.fromEntries(Object.entries(ours.files).map(([name, file]) => [name, { ...file, adopted: true }])),
};
const packages = (...found: SeenPackage[]): Partial<SeenNode> => ({ packages: found });

interface Outcome {
  readonly steps: string[];
  readonly refusals: string[];
  readonly due: number;
}
function compare(desired: DesiredServer, there: Partial<SeenNode>, record: ServerRecord | null = ours): Outcome {
  const second = node("node2", there);
  const { steps, refusals, due } = compareFiles(desired, seenServer({ record, nodes: [node("node1"), second] }), second);
  for (const step of steps) expect(step).toMatchObject({ node: "node2" });
  for (const reason of due) expect(reason).toContain("node2");
  const told = steps.map((step) => {
    if (step.kind === "place") return `place ${step.fileName} was ${String(step.was)}`;
    if (step.kind === "mend") return `mend ${step.fileName} owner ${String(step.owner)} was ${step.was.mode} ${step.was.owner}`;
    return step.kind === "retire" ? `retire ${step.fileName} was ${String(step.was)}` : step.kind;
  });
  return { steps: told, refusals: codesOf(refusals), due: due.length };
}
const nothing: Outcome = { steps: [], refusals: [], due: 0 };

describe("a listed file", () => {
  const unread = { mode: "0600", readable: false };
  const other = { sha256: digest("other") };
  const asDeploy = desiredServer({ fileOwner: "deploy" });
  const anyway = desiredServer({ options: { overwriteUnmanaged: true } });
  const replaced = { ...nothing, steps: [`place a_jdbc.taco was ${a.sha256}`] };
  test.each<[string, DesiredServer, Partial<SeenPackage>, ServerRecord | null, Outcome]>([
    ["right", desiredServer(), {}, ours, nothing],
    ["right, and nobody recorded it", desiredServer(), {}, null, nothing],
    ["not loaded yet", desiredServer(), { changedAt: started + 1 }, null, { ...nothing, due: 1 }],
    ["other bytes of ours", desiredServer(), other, ours, { ...nothing, steps: [`place a_jdbc.taco was ${digest("other")}`], due: 1 }],
    ["ours, and unreadable", desiredServer(), { sha256: null }, ours, { ...nothing, steps: ["place a_jdbc.taco was unreadable"], due: 1 }],
    ["other bytes of nobody knows whom", desiredServer(), other, null, { ...nothing, refusals: ["unmanaged-file node2"] }],
    ["the same, overwritten", anyway, other, null, { ...nothing, steps: [`place a_jdbc.taco was ${digest("other")}`], due: 1 }],
    ["a folder of that name", anyway, { form: "folder" }, ours, { ...nothing, refusals: ["unmanaged-file node2"] }],
    ["a link", desiredServer(), { form: "link" }, ours, replaced],
    ["a link to what Tableau cannot read", desiredServer(), { form: "link", ...unread }, ours, { ...replaced, due: 1 }],
    ["another mode", desiredServer(), { mode: "0664" }, ours, { ...nothing, steps: ["mend a_jdbc.taco owner null was 0664 root"] }],
    ["a mode that hides it", desiredServer(), unread, ours, { ...nothing, steps: ["mend a_jdbc.taco owner null was 0600 root"], due: 1 }],
    [
      "another owner of ours",
      desiredServer(),
      { owner: "anna" },
      ours,
      { ...nothing, steps: ["mend a_jdbc.taco owner root was 0644 anna"] },
    ],
    ["another owner of an adopted one", desiredServer(), { owner: "anna" }, adopted, nothing],
    [
      "its mode",
      desiredServer(),
      { owner: "anna", mode: "0664" },
      adopted,
      { ...nothing, steps: ["mend a_jdbc.taco owner null was 0664 anna"] },
    ],
    [
      "one that is hidden",
      desiredServer(),
      { owner: "anna", ...unread },
      adopted,
      { ...nothing, steps: ["mend a_jdbc.taco owner root was 0600 anna"], due: 1 },
    ],
    [
      "our own, without root",
      asDeploy,
      { owner: "deploy", mode: "0664" },
      ours,
      { ...nothing, steps: ["mend a_jdbc.taco owner null was 0664 deploy"] },
    ],
    ["somebody's, without root", asDeploy, { owner: "anna", mode: "0664" }, ours, replaced],
    ["in a folder of somebody else, as its owner", desiredServer(), { owner: "anna", placedAs: "anna" }, ours, nothing],
    ["in a folder of somebody else, as root", desiredServer(), { placedAs: "anna" }, ours, nothing],
    ["in a folder of somebody else, as a third", desiredServer(), { owner: "eve", placedAs: "anna" }, ours, replaced],
    [
      "in a folder of somebody else, as its owner with another mode",
      desiredServer(),
      { owner: "anna", placedAs: "anna", mode: "0664" },
      ours,
      { ...nothing, steps: ["mend a_jdbc.taco owner null was 0664 anna"] },
    ],
    ["with an access list that lets Tableau in", desiredServer(), { mode: "0660", accessList: true }, ours, nothing],
    ["with an access list that keeps it out", desiredServer(), { accessList: true, readable: false }, ours, { ...replaced, due: 1 }],
  ])("%s", (_name, desired, parts, record, expected) => {
    expect(compare(desired, packages(packageOf(a, parts)), record)).toEqual(expected);
  });

  test("that is not there is placed, from the store of that node", () => {
    const missing = { steps: ["place a_jdbc.taco was null"], refusals: [], due: 1 };
    expect(compare(desiredServer(), packages())).toEqual(missing);
    for (const stock of [[], [stored(a, { intact: false })], [stored(a, { intact: null })], [stored(next)]]) {
      expect(compare(desiredServer(), { packages: [], stored: stock })).toEqual({ ...missing, refusals: ["not-delivered node2"] });
    }
  });

  test("that differs is placed from the store of that node", () => {
    const desired = desiredServer({ connectors: [next] });
    expect(compare(desired, {}).refusals).toEqual(["not-delivered node2"]);
    expect(compare(desired, { stored: [stored(next)] })).toEqual({ ...nothing, steps: [`place a_jdbc.taco was ${a.sha256}`], due: 1 });
  });

  test("is placed with its own digest", () => {
    const { steps } = compareFiles(desiredServer({ connectors: [next] }), seenServer(), node("node2"));
    expect(steps).toEqual([
      { kind: "place", node: "node2", directory: linuxLayout.connectors, fileName: next.fileName, sha256: next.sha256, was: a.sha256 },
    ]);
  });

  test("says what is in its way", () => {
    const wayOf = (parts: Partial<SeenPackage>): string | undefined =>
      compareFiles(desiredServer(), seenServer({ record: null }), node("node2", packages(packageOf(a, parts)))).refusals[0]?.message;
    expect(wayOf({ form: "folder" })).toContain("a folder of that name");
    expect(wayOf({ sha256: digest("other") })).toContain(digest("other"));
    expect(wayOf({ sha256: null })).toContain("unreadable");
  });
});

describe("an unpacked folder", () => {
  const folder = { ...a, fileName: "a_jdbc" };
  const desired = desiredServer({ connectors: [folder] });
  const there = (parts: Partial<SeenPackage>): SeenPackage => packageOf(folder, { form: "folder", mode: "0755", ...parts });
  test.each<[string, Partial<SeenPackage>, Outcome]>([
    ["right", {}, nothing],
    ["a file of that name", { form: "file" }, { ...nothing, refusals: ["unmanaged-file node2"] }],
    ["another mode", { mode: "0700" }, { ...nothing, steps: [`place a_jdbc was ${a.sha256}`] }],
    ["with files that Tableau cannot read", { readable: false }, { ...nothing, steps: [`place a_jdbc was ${a.sha256}`], due: 1 }],
  ])("%s", (_name, parts, expected) => {
    expect(compare(desired, { packages: [there(parts)], stored: [stored(folder)] }, recordOf([folder]))).toEqual(expected);
  });
});

describe("a folder of live files", () => {
  const closed: SeenDirectory = { path: linuxLayout.connectors, exists: true, parentExists: true, traversable: false };
  test.each<[string, SeenDirectory, DesiredServer, string[], number]>([
    ["closed", closed, desiredServer(), ["openDirectory"], 1],
    ["open", { ...closed, traversable: true }, desiredServer(), [], 0],
    ["closed by an access list", { ...closed, accessList: true }, desiredServer(), [], 0],
    ["missing", { ...closed, exists: false }, desiredServer(), [], 0],
    ["closed, of others", { ...closed, path: "/srv" }, desiredServer(), [], 0],
    ["closed, and nothing is to lie in it", closed, desiredServer({ connectors: [] }), [], 0],
  ])("%s", (_name, directory, desired, steps, due) => {
    const listed = packages(...desired.connectors.map((one) => packageOf(one)));
    expect(compare(desired, { ...listed, directories: [directory] })).toEqual({ steps, refusals: [], due });
  });
});

describe("what is not listed", () => {
  const strange = stranger("strange.taco", null);
  const dropped = connector("b_jdbc");
  const left = packageOf(dropped);
  const record = recordOf([a, dropped]);
  const retiring = desiredServer({ options: { unlistedConnectors: "retire" } });
  const retired = (desired: DesiredServer, known: ServerRecord | null, ...found: SeenPackage[]): string[] => {
    const second = node("node2", { packages: [packageOf(a), ...found] });
    const seen: SeenServer = seenServer({ record: known, nodes: [second] });
    const going = toRetire(desired, seen, second);
    const staying = notSurelyOurs(desired, seen, second);
    expect(going.filter((one) => staying.includes(one))).toEqual([]);
    return [...going.map(({ directory, fileName }) => `${directory}/${fileName}`), ...staying.map(({ fileName }) => `${fileName} stays`)];
  };

  test.each<[string, DesiredServer, ServerRecord | null, SeenPackage, string[]]>([
    ["dropped", desiredServer(), record, left, ["/opt/tableau/connectors/b_jdbc.taco"]],
    ["never ours", desiredServer(), record, strange, []],
    ["never ours, to be retired", retiring, record, strange, ["/opt/tableau/connectors/strange.taco"]],
    ["to be retired, without a record", retiring, null, strange, ["/opt/tableau/connectors/strange.taco"]],
    ["a folder of others is not", retiring, record, { ...strange, fileName: "strange", form: "folder" }, []],
    ["a driver of others is not", retiring, record, { ...strange, fileName: "x.jar" }, []],
    ["nor what lies elsewhere", retiring, record, { ...strange, directory: "/srv" }, []],
    [
      "a dropped one in a folder that only the record knows",
      desiredServer(),
      recordOf([{ ...dropped }], {
        files: { "b_jdbc.taco": { directory: "/srv", sha256: left.sha256 ?? "", pluginClass: "b", pluginVersion: "1", adopted: false } },
      }),
      { ...left, directory: "/srv" },
      ["b_jdbc.taco stays"],
    ],
    ["a listed one", desiredServer({ connectors: [a, dropped] }), record, left, []],
  ])("%s", (_name, desired, known, found, expected) => {
    expect(retired(desired, known, found)).toEqual(expected);
  });

  test.each<[string, string, Partial<Omit<DesiredServer, "options">>, string, "retired" | "stays"]>([
    ["the folder of the program", "/srv/c", { directory: "/srv/c" }, "b_jdbc.taco", "retired"],
    ["an earlier folder of it", "/srv/old", { earlierDirectories: ["/srv/old"] }, "b_jdbc.taco", "retired"],
    ["no earlier folder", "/srv/old", { earlierDirectories: ["/srv/older"] }, "b_jdbc.taco", "stays"],
    ["the shared folder", linuxLayout.connectors, { directory: "/srv/c" }, "b_jdbc.taco", "retired"],
    ["the own folder of a process", ownDirectories("/")[1] ?? "", {}, "b_jdbc.taco", "retired"],
    ["elsewhere", "/home/anna", {}, "b_jdbc.taco", "stays"],
    ["a driver, wherever it lies", linuxLayout.connectors, {}, "x.jar", "stays"],
  ])("in %s", (_name, directory, desired, fileName, expected) => {
    const file = { directory, sha256: digest("x"), pluginClass: "b", pluginVersion: "1", adopted: false };
    const known = recordOf([], { files: { [fileName]: file } });
    const found = packageOf({ ...dropped, fileName }, { directory });
    const where = expected === "stays" ? `${fileName} stays` : `${directory}/${fileName}`;
    expect(retired(desiredServer(desired), known, found)).toEqual([where]);
    const holding = node("node2", { packages: [found], stored: [stored(a), stored({ ...dropped, fileName })] });
    expect(toRetire(desiredServer(desired), seenServer({ record: known, nodes: [holding] }), holding)).toEqual([found]);
  });

  test("is dropped with a restart, and told as it was", () => {
    expect(compare(desiredServer(), packages(packageOf(a), left), record)).toEqual({
      steps: [`retire b_jdbc.taco was ${dropped.sha256}`],
      refusals: [],
      due: 1,
    });
    expect(compare(desiredServer(), packages(packageOf(a), { ...left, sha256: null }), record).steps).toEqual([
      "retire b_jdbc.taco was unreadable",
    ]);
  });
});

test.each<[string, Partial<SeenPackage>, ServerRecord | null, boolean]>([
  ["as this package places it", {}, ours, true],
  ["another mode", { mode: "0600" }, ours, false],
  ["another owner", { owner: "anna" }, ours, false],
  ["another owner, of nobody's file", { owner: "anna" }, null, true],
  ["a link", { form: "link" }, ours, false],
  ["a folder", { form: "folder", mode: "0755" }, ours, true],
  ["a folder with the mode of a file", { form: "folder" }, ours, false],
  ["a folder that Tableau cannot read", { form: "folder", mode: "0755", readable: false }, ours, false],
  ["a folder with an access list", { form: "folder", mode: "0700", accessList: true }, ours, true],
])("mode and owner: %s", (_name, parts, record, expected) => {
  expect(isMended(desiredServer(), seenServer({ record }), packageOf(a, parts))).toBe(expected);
});
