import { connectPluginsPathKey, disableVerifyKey } from "../../provider/vocabulary/keys";
import type { DesiredServer } from "../../provider/plan/desired";
import { planActivation } from "../../provider/plan/plan-activation";
import { linuxLayout } from "../../provider/plan/placement/layout";
import type { SeenPackage, SeenServer } from "../../provider/plan/seen";
import { running, seenLive, seenLoaded } from "../../provider/plan/compare/live";
import { connector, desiredServer, node, packageOf, recordOf, seenServer, started, stored, stranger } from "./support/servers";
import { findings, kinds } from "./support/plans";

const a = connector("a_jdbc");
const vizql = "/var/opt/tableau/tableau_server/data/tabsvc/vizqlserver/Connectors";
const withPackages = (...packages: SeenPackage[]): SeenServer =>
  seenServer({ nodes: [node("node1"), node("node2", { packages: [packageOf(a), ...packages] })] });

test("nothing differs: no step, no finding", () => {
  expect(planActivation(desiredServer(), seenServer())).toEqual({ steps: [], refusals: [], warnings: [] });
});

describe("a package of the same class elsewhere", () => {
  const older = { pluginClass: "a_jdbc", pluginVersion: "0.9", signed: true };
  const newer = { pluginClass: "a_jdbc", pluginVersion: "2.0", signed: true };
  const same = { pluginClass: "a_jdbc", pluginVersion: "1.0.0", signed: true };
  const at = (directory: string, identity: typeof older): SeenPackage => stranger("copy.taco", identity, { directory });
  test.each<[string, string, SeenPackage, string[]]>([
    ["newer, from 2022.2 on", "2024.2", at(vizql, newer), ["refused: shadowed"]],
    ["older, from 2022.2 on", "2024.2", at(vizql, older), ["warned: duplicate-class"]],
    ["same version, later folder", "2024.2", at(vizql, same), ["warned: duplicate-class"]],
    ["same version, same folder", "2024.2", at(linuxLayout.connectors, same), ["refused: shadowed"]],
    ["newer, later folder, before 2022.2", "2021.4", at(vizql, newer), ["warned: duplicate-class"]],
    ["older, same folder, before 2022.2", "2021.4", at(linuxLayout.connectors, older), ["refused: shadowed"]],
    ["in a folder that is not read", "2024.2", at("/srv/other", newer), []],
    ["the same bytes", "2024.2", packageOf({ ...a, fileName: "copy.taco" }), ["warned: duplicate-class"]],
  ])("%s", (_name, version, other, expected) => {
    expect(findings(desiredServer(), { ...withPackages(other), version })).toEqual(expected);
  });

  test("a copy of the version before, which nobody looked into, is told from the record", () => {
    const next = connector("a_jdbc", "2.0.0");
    const copy = packageOf({ ...a, fileName: "copy.taco" }, { directory: vizql });
    const seen = withPackages(copy);
    const nodes = seen.nodes.map((one) => ({ ...one, stored: [stored(next)] }));
    expect(findings(desiredServer({ connectors: [next] }), { ...seen, nodes })).toEqual(["warned: duplicate-class"]);
  });
});

describe("the folder", () => {
  test.each<[string, string, string, DesiredServer["keys"][typeof connectPluginsPathKey], string[]]>([
    ["shared, read by itself", "2024.2", linuxLayout.connectors, { value: "/srv/x" }, []],
    [
      "shared, before 2021.2, and the path elsewhere",
      "2021.1",
      linuxLayout.connectors,
      { value: "/srv/x" },
      ["refused: directory-not-read"],
    ],
    ["another, and the path elsewhere", "2024.2", "/srv/c", { value: "/srv/x" }, ["refused: directory-not-read"]],
    ["another, and the path is it", "2024.2", "/srv/c", { value: "/srv/c/" }, []],
    ["another, the path left to us", "2024.2", "/srv/c", "automatic", []],
  ])("%s", (_name, version, directory, path, expected) => {
    const desired = desiredServer({ directory, keys: { [connectPluginsPathKey]: path, [disableVerifyKey]: "left" } });
    expect(findings(desired, seenServer({ version }))).toEqual(expected);
  });

  test("is not opened where nothing is to lie in it", () => {
    const closed = { directories: [{ path: linuxLayout.connectors, exists: true, parentExists: true, traversable: false }], packages: [] };
    const seen = seenServer({ record: recordOf([]), nodes: [node("node1", closed), node("node2", closed)] });
    expect(planActivation(desiredServer({ connectors: [] }), seen).steps).toEqual([]);
    expect(kinds(desiredServer(), seen)).toContain("openDirectory node1");
  });

  test("that the path key no longer names shows as drift although the program does not name the key", () => {
    expect(seenLoaded(desiredServer({ directory: "/srv/c" }), seenServer())).toBe(`${connectPluginsPathKey} is not set instead of /srv/c`);
    expect(seenLoaded(desiredServer(), seenServer())).toBe("current");
  });
});

describe("unlisted connectors that would stop loading", () => {
  const unsigned = stranger("strange.taco", { pluginClass: "s", pluginVersion: "1", signed: false });
  const off = { [connectPluginsPathKey]: { kind: "unknown" }, [disableVerifyKey]: { kind: "value", value: "true" } } as const;
  const verify = (accept: string[]): DesiredServer =>
    desiredServer({
      keys: { [connectPluginsPathKey]: "automatic", [disableVerifyKey]: { value: "false" } },
      options: { acceptBreaking: accept },
    });
  test("are named", () => {
    const { refusals } = planActivation(verify([]), { ...withPackages(unsigned), keys: off });
    expect(refusals.map(({ message }) => message)).toEqual([expect.stringContaining("strange.taco is not signed")]);
  });
  test("may be accepted", () => {
    expect(findings(verify(["strange.taco"]), { ...withPackages(unsigned), keys: off })).toEqual([]);
  });
});

describe("what an interrupted run left pending", () => {
  const record = recordOf([a], { keys: { [disableVerifyKey]: { earlier: "false", applied: null } } });
  const seen = seenServer({
    record,
    pending: { ours: [disableVerifyKey], othersChanges: [], topology: false },
    keys: { [connectPluginsPathKey]: { kind: "unknown" }, [disableVerifyKey]: { kind: "value", value: "false" } },
  });
  test("is told, where the program wants it no more", () => {
    expect(findings(desiredServer(), seen)).toEqual(["warned: foreign-left-pending"]);
  });
  test("is not applied along with another key", () => {
    const keys = { [connectPluginsPathKey]: { value: "/srv/x" }, [disableVerifyKey]: "left" } as const;
    expect(findings(desiredServer({ keys }), seen)).toEqual(["refused: foreign-pending-changes"]);
  });
  test("is applied, where the program still wants it", () => {
    const keys = { [connectPluginsPathKey]: "automatic", [disableVerifyKey]: { value: "false" } } as const;
    expect(kinds(desiredServer({ keys }), seen)).toEqual(["record", "setKey", "applyPending", "awaitRunning"]);
  });
  test("is taken back by a removal", () => {
    const removal = desiredServer({
      connectors: [],
      keys: { [connectPluginsPathKey]: "restore", [disableVerifyKey]: "restore" },
      options: { claim: "delete" },
    });
    expect(planActivation(removal, seen).steps).toContainEqual({ kind: "setKey", key: disableVerifyKey, value: "false", was: "false" });
  });
});

describe("mode and owner", () => {
  const hidden = { mode: "0600", readable: false };
  const { files } = recordOf([a]);
  const adopted = recordOf([a], {
    files: Object.fromEntries(Object.entries(files).map(([name, file]) => [name, { ...file, adopted: true }])),
  });
  const restart = ["restart", "awaitRunning"];
  test.each<[string, Partial<SeenPackage>, Partial<SeenServer>, "root" | "deploy", string[], { owner: string | null } | null]>([
    ["another mode that Tableau can read: set in place, no restart", { mode: "0664" }, {}, "root", ["mend node2"], { owner: null }],
    ["one that hides it: set in place, one restart", hidden, {}, "root", ["mend node2", ...restart], { owner: null }],
    ["another owner of a file that we placed", { owner: "alice" }, {}, "root", ["mend node2"], { owner: "root" }],
    ["an adopted file keeps its owner", { owner: "alice" }, { record: adopted }, "root", [], null],
    ["also when its mode is set", { owner: "alice", mode: "0664" }, { record: adopted }, "root", ["mend node2"], { owner: null }],
    [
      "but not one that Tableau could not read",
      { owner: "alice", ...hidden },
      { record: adopted },
      "root",
      ["mend node2", ...restart],
      { owner: "root" },
    ],
    ["without root our own file is set in place", { owner: "deploy", mode: "0664" }, {}, "deploy", ["mend node2"], { owner: null }],
    ["and somebody else's replaced", { owner: "alice", mode: "0664" }, {}, "deploy", ["place node2"], null],
    ["a link is replaced by a file", { form: "link" }, {}, "root", ["place node2"], null],
    ["a link to what Tableau cannot read, with a restart", { form: "link", ...hidden }, {}, "root", ["place node2", ...restart], null],
  ])("%s", (_name, parts, server, fileOwner, expected, mend) => {
    const packages = [packageOf(a, { owner: fileOwner, ...parts })];
    const seen = seenServer({
      nodes: [node("node1", { packages: [packageOf(a, { owner: fileOwner })] }), node("node2", { packages })],
      ...server,
    });
    const desired = desiredServer({ fileOwner });
    expect(kinds(desired, seen).filter((kind) => kind !== "record")).toEqual(expected);
    if (mend !== null) expect(planActivation(desired, seen).steps).toContainEqual(expect.objectContaining({ kind: "mend", ...mend }));
    expect(seenLive(desired, seen)["node2"]?.["a_jdbc.taco"] === a.sha256).toBe(expected.length === 0);
  });

  test("a repaired file needs nothing of the store", () => {
    const lost = node("node2", { packages: [packageOf(a, { mode: "0664" })], stored: [] });
    expect(findings(desiredServer(), seenServer({ nodes: [node("node1"), lost] }))).toEqual([]);
  });
});

describe("a file that lies there right", () => {
  const unrecorded = { record: null };
  test.each<[string, Partial<SeenServer>, string[]]>([
    ["and was loaded is adopted without a restart", unrecorded, ["record"]],
    [
      "and is newer than the processes needs one",
      { ...unrecorded, nodes: [node("node1"), node("node2", { packages: [packageOf(a, { changedAt: started + 1 })] })] },
      ["record", "restart", "awaitRunning"],
    ],
    [
      "and whose processes cannot be seen needs one",
      { ...unrecorded, nodes: [node("node1"), node("node2", { loadedSince: null, oldestProcess: null })] },
      ["record", "restart", "awaitRunning"],
    ],
    [
      "and was touched since, by the same processes, needs none",
      { nodes: [node("node1"), node("node2", { packages: [packageOf(a, { changedAt: started + 1 })] })] },
      [],
    ],
    ["with a note that a restart is due needs one", { restartRequired: { since: started + 1, reason: "x" } }, ["restart", "awaitRunning"]],
    ["with a note from before a restart needs none", { restartRequired: { since: started - 1, reason: "x" } }, []],
  ])("%s", (_name, parts, expected) => {
    expect(kinds(desiredServer(), seenServer(parts)).filter((kind) => kind !== "record" || expected.includes("record"))).toEqual(expected);
  });

  test("counts as running only on a server that is not stopped", () => {
    expect(running(desiredServer(), seenServer())).toEqual({ a_jdbc: { sha256: a.sha256, version: "1.0.0" } });
    expect(running(desiredServer(), seenServer({ status: "STOPPED" }))).toEqual({});
  });
});
