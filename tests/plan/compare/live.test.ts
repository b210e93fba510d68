import { connectPluginsPathKey as path, disableVerifyKey as verify } from "../../../provider/vocabulary/keys";
import { current, running, seenLive, seenLoaded, wantedLive } from "../../../provider/plan/compare/live";
import type { DesiredServer, KeyWish } from "../../../provider/plan/desired";
import { perProcessDirectories } from "../../../provider/plan/placement/load-order";
import { linuxLayout } from "../../../provider/plan/placement/layout";
import type { KeySeen, SeenNode, SeenPackage, SeenServer } from "../../../provider/plan/seen";
import { changed, connector, desiredServer, digest, node, packageOf, recordOf, seenServer, started, stranger } from "../support/servers";

const a = connector("a_jdbc");
const driver = { fileName: "x.jar", sha256: digest("x") };
const second = (...packages: SeenPackage[]): SeenServer => seenServer({ nodes: [node("node1"), node("node2", { packages })] });

test("where nothing differs, what is live is what is wanted", () => {
  expect(wantedLive(["node1", "node2"], [a])).toEqual({ node1: { "a_jdbc.taco": a.sha256 }, node2: { "a_jdbc.taco": a.sha256 } });
  expect(seenLive(desiredServer(), seenServer())).toEqual(wantedLive(["node1", "node2"], [a]));
});

test.each<[string, Partial<SeenPackage> | null, string]>([
  ["nothing", null, "absent"],
  ["other bytes", { sha256: digest("other") }, digest("other")],
  ["what cannot be read", { sha256: null, mode: "0664" }, "unreadable (mode 0664, owner root)"],
  ["a folder", { form: "folder" }, "a folder"],
  ["a link", { form: "link" }, `${a.sha256} (a link)`],
  ["what Tableau cannot read", { readable: false }, `${a.sha256} (mode 0644, owner root: Tableau cannot read it)`],
  ["a link that Tableau cannot read", { form: "link", readable: false }, `${a.sha256} (mode 0644, owner root: Tableau cannot read it)`],
  ["another mode", { mode: "0664", owner: "anna" }, `${a.sha256} (mode 0664, owner anna)`],
])("live is %s", (_name, parts, expected) => {
  const live = seenLive(desiredServer(), second(...(parts === null ? [] : [packageOf(a, parts)])));
  expect(live).toEqual({ node1: { "a_jdbc.taco": a.sha256 }, node2: { "a_jdbc.taco": expected } });
});

test("a file in the place of a folder is told as such", () => {
  const folder = { ...a, fileName: "a_jdbc" };
  expect(seenLive(desiredServer({ connectors: [folder] }), second(packageOf(folder)))["node2"]).toEqual({ a_jdbc: "a file" });
});

test("drivers are live too, and what is to be retired", () => {
  const desired = desiredServer({ drivers: [driver], options: { unlistedConnectors: "retire" } });
  const jar = packageOf({ ...a, ...driver }, { directory: linuxLayout.drivers });
  const unread = stranger("unread.taco", null, { sha256: null });
  expect(seenLive(desired, second(packageOf(a), jar, stranger("s.taco", null), unread))["node2"]).toEqual({
    "a_jdbc.taco": a.sha256,
    "x.jar": driver.sha256,
    "s.taco": `${digest("s.taco")} (not listed)`,
    "unread.taco": "unreadable (not listed)",
  });
});

describe("in the folders of processes", () => {
  const [first = "", other = ""] = perProcessDirectories(linuxLayout.connectors);
  const desired = desiredServer({ placement: "perProcess", nodes: ["node1"] });
  const live = (nodes: Partial<SeenNode>): string | undefined =>
    seenLive(desired, seenServer({ nodes: [node("node1", nodes)] }))["node1"]?.["a_jdbc.taco"];
  const directories = [first, other].map((one) => ({ path: one, exists: true, parentExists: true, traversable: true }));

  test("one text where they are alike", () => {
    expect(live({ directories, packages: [first, other].map((directory) => packageOf(a, { directory })) })).toBe(a.sha256);
    expect(live({ directories, packages: [] })).toBe("absent");
  });
  test("each by its process where they are not", () => {
    expect(live({ directories, packages: [packageOf(a, { directory: other })] })).toBe(`vizqlserver: absent; flowprocessor: ${a.sha256}`);
  });
  test("nothing differs on a node without such a process", () => {
    expect(live({ directories: [], packages: [] })).toBe(a.sha256);
  });
});

describe("what is loaded", () => {
  const stale = (changedAt: number): SeenPackage => packageOf(a, { changedAt });
  const at = (seconds: number): string => `restart due since ${new Date(seconds * 1000).toISOString()}`;
  const due = { restartRequired: { since: started + 7, reason: "x" } };
  test.each<[string, Partial<SeenServer>, string]>([
    ["all", {}, current],
    ["an earlier run left a restart due", due, at(started + 7)],
    ["which was made", { restartRequired: { since: started - 1, reason: "x" } }, current],
    ["a stopped server loads when it starts", { ...due, status: "STOPPED" }, current],
    ["a file is newer than the processes", { record: null, nodes: [node("node1", { packages: [stale(started + 3)] })] }, at(started + 3)],
    [
      "the earliest counts",
      {
        record: null,
        nodes: [started + 5, started + 2, started + 9].map((time, i) => node(`node${String(i)}`, { packages: [stale(time)] })),
      },
      at(started + 2),
    ],
    [
      "other bytes are no file of ours",
      { record: null, nodes: [node("node1", { packages: [{ ...stale(started + 3), sha256: digest("o") }] })] },
      current,
    ],
    [
      "nor is what is not listed",
      { record: null, nodes: [node("node1", { packages: [stranger("s.taco", null, { changedAt: started + 3 })] })] },
      current,
    ],
    [
      "what is not known is taken for loaded",
      { nodes: [node("node1", { packages: [stale(changed + 1)], loadedSince: null, oldestProcess: null })] },
      current,
    ],
  ])("%s", (_name, parts, expected) => {
    expect(seenLoaded(desiredServer(), seenServer(parts))).toBe(expected);
  });

  const value: KeySeen = { kind: "value", value: "/srv/x" };
  const recorded = recordOf([a], { keys: { [path]: { earlier: "/old", applied: "/srv/x" } } });
  const wanting = (wish: KeyWish, directory = "/srv/c"): DesiredServer =>
    desiredServer({ directory, connectors: [], keys: { [path]: wish, [verify]: "left" } });
  test.each<[string, DesiredServer, KeySeen, string]>([
    ["not set", wanting("automatic"), { kind: "unset" }, `${path} is not set instead of /srv/c`],
    ["elsewhere", wanting("automatic or restore"), value, `${path} is /srv/x instead of /srv/c`],
    ["set where it was not", wanting("automatic or restore", linuxLayout.connectors), value, `${path} is /srv/x instead of /old`],
    ["as it is to be", wanting("automatic"), { kind: "value", value: "/srv/c/" }, current],
    ["left alone", wanting("left"), value, current],
    ["given by the program, which shows it by itself", wanting({ value: "/srv/c" }), value, current],
    ["given back, which the program tells", wanting("restore"), value, current],
  ])("the path key: %s", (_name, desired, now, expected) => {
    expect(seenLoaded(desired, seenServer({ record: recorded, keys: { [path]: now, [verify]: { kind: "unset" } } }))).toBe(expected);
  });

  test("a key that goes back to nothing", () => {
    const record = recordOf([a], { keys: { [path]: { earlier: null, applied: "/srv/x" } } });
    const seen = seenServer({ record, keys: { [path]: value, [verify]: { kind: "unset" } } });
    expect(seenLoaded(wanting("automatic or restore", linuxLayout.connectors), seen)).toBe(`${path} is /srv/x instead of not set`);
  });
});

describe("what runs", () => {
  const all = { a_jdbc: { sha256: a.sha256, version: "1.0.0" } };
  test.each<[string, Partial<SeenServer>, typeof all | Record<string, never>]>([
    ["what lies there and is loaded", {}, all],
    ["nothing on a stopped server", { status: "STOPPED" }, {}],
    ["nothing where no node was looked at", { nodes: [] }, {}],
    ["not what is missing on one node", { nodes: [node("node1"), node("node2", { packages: [] })] }, {}],
    ["not what differs on one", { nodes: [node("node1"), node("node2", { packages: [packageOf(a, { sha256: digest("o") })] })] }, {}],
    ["not what Tableau cannot read", { nodes: [node("node1"), node("node2", { packages: [packageOf(a, { readable: false })] })] }, {}],
    [
      "not what is newer than the processes",
      { record: null, nodes: [node("node1", { packages: [packageOf(a, { changedAt: started + 1 })] })] },
      {},
    ],
    [
      "what may be loaded",
      { nodes: [node("node1", { packages: [packageOf(a, { changedAt: changed + 1 })], loadedSince: null, oldestProcess: null })] },
      all,
    ],
  ])("%s", (_name, parts, expected) => {
    expect(running(desiredServer(), seenServer(parts))).toEqual(expected);
  });

  test("of two connectors the one that does, whatever becomes of a driver", () => {
    const desired = desiredServer({ connectors: [connector("b_jdbc"), a], drivers: [driver] });
    expect(running(desired, seenServer())).toEqual(all);
  });
});
