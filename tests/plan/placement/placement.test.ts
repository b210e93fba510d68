import { layoutAt, linuxLayout, windowsLayout } from "../../../provider/plan/placement/layout";
import {
  isRead,
  loadingProcesses,
  loadRank,
  ownDirectories,
  perProcessDirectories,
  processOf,
} from "../../../provider/plan/placement/load-order";
import { describePlace, isLiveDirectory, liveDirectories, type LivePlace } from "../../../provider/plan/placement/placement";
import { highestVersionWins, readsByItself } from "../../../provider/plan/placement/releases";
import { mayShareFolders, sharesFolder } from "../../../provider/plan/placement/shared-folder";
import { whoWins } from "../../../provider/plan/placement/who-wins";
import type { SeenNode } from "../../../provider/plan/seen";
import { node } from "../support/servers";

const own = (name: string): string => `/var/opt/tableau/tableau_server/data/tabsvc/${name}/Connectors`;
const windows = (name: string): string => `C:/ProgramData/Tableau/Tableau Server/data/tabsvc/${name}/Connectors`;

test("a path tells of which system its nodes are", () => {
  expect([layoutAt("/srv"), layoutAt("D:\\x")]).toEqual([linuxLayout, windowsLayout]);
});

test("the processes that load connectors, and those of them that people are told of", () => {
  const names = ["vizqlserver", "backgrounder", "dataserver", "flowprocessor", "flowqueryservice", "flowminerva"];
  expect(ownDirectories("/srv")).toEqual(names.map(own));
  expect(ownDirectories("D:/c")).toEqual(names.map(windows));
  expect(perProcessDirectories("/srv")).toEqual(["vizqlserver", "flowprocessor", "flowqueryservice", "flowminerva"].map(own));
  expect(names.map((name) => processOf(own(name)))).toEqual(names);
  expect(processOf(windows("Backgrounder").toUpperCase())).toBe("backgrounder");
  expect([processOf("/srv"), processOf(own("other")), processOf(linuxLayout.connectors)]).toEqual([null, null, null]);
});

test.each<[string, string, string, string | null, number | null]>([
  ["the shared folder", "vizqlserver", linuxLayout.connectors, null, 2],
  ["the shared folder, of Prep", "flowprocessor", linuxLayout.connectors, null, 2],
  ["its own folder", "vizqlserver", own("vizqlserver"), null, 3],
  ["another's folder", "vizqlserver", own("dataserver"), null, null],
  ["the folder of the path", "vizqlserver", "/srv/c", "/srv/c/", 4],
  ["the folder of the path, of Prep", "flowprocessor", "/srv/c", "/srv/c", null],
  ["another folder than the path's", "vizqlserver", "/srv/c", "/srv/x", null],
  ["a folder, and no path", "vizqlserver", "/srv/c", null, null],
  ["the shared folder that the path names too", "vizqlserver", linuxLayout.connectors, linuxLayout.connectors, 2],
])("a rank: %s", (_name, process, directory, pluginsPath, expected) => {
  const found = loadingProcesses.find(({ name }) => name === process);
  expect(found === undefined ? undefined : loadRank(found, directory, { release: "2024.2", pluginsPath })).toBe(expected);
});

test.each<[string, string, string | null, boolean]>([
  ["2021.2", linuxLayout.connectors, null, true],
  ["2021.1", linuxLayout.connectors, null, false],
  ["2021.1", linuxLayout.connectors, linuxLayout.connectors, true],
  ["2019.4", own("flowminerva"), null, true],
  ["2019.3", own("flowminerva"), null, false],
  ["2019.3", own("flowminerva"), own("flowminerva"), true],
  ["2024.2", "/srv", null, false],
])("%s reads %s with the path %s: %s", (release, directory, pluginsPath, expected) => {
  expect(isRead(directory, { release, pluginsPath })).toBe(expected);
});

test.each([
  ["2021.2", "c:\\program files\\tableau\\connectors\\", true],
  ["2021.1", "C:/Program Files/Tableau/Connectors", false],
  ["2024.2", "D:/Program Files/Tableau/Connectors", false],
  ["2024.2", "/opt/tableau/connectors/", true],
])("%s reads %s by itself: %s", (release, directory, expected) => {
  expect(readsByItself(release, directory)).toBe(expected);
});

test("the highest version wins from 2022.2 on", () => {
  expect(["2022.1", "2022.2", "2022.10", "2024.1"].map(highestVersionWins)).toEqual([false, true, true, true]);
});

describe("two packages of one class", () => {
  const ours = { sha256: "ours", pluginVersion: "1.1.0", rank: 3 };
  test.each<[string, string, Partial<typeof ours>, "ours" | "theirs" | "unclear"]>([
    ["the same bytes", "2024.2", { sha256: "ours", rank: 1 }, "ours"],
    ["a newer one", "2022.2", { pluginVersion: "1.10.0", rank: 9 }, "theirs"],
    ["an older one", "2022.2", { pluginVersion: "1.0.9", rank: 1 }, "ours"],
    ["the same version, found earlier", "2022.2", { rank: 2 }, "theirs"],
    ["the same version, found later", "2022.2", { pluginVersion: "1.1", rank: 4 }, "ours"],
    ["the same version beside it", "2022.2", {}, "unclear"],
    ["a newer one, before 2022.2", "2022.1", { pluginVersion: "2.0", rank: 4 }, "ours"],
    ["an older one, before 2022.2", "2022.1", { pluginVersion: "0.1", rank: 2 }, "theirs"],
    ["any beside it, before 2022.2", "2022.1", { pluginVersion: "2.0" }, "unclear"],
  ])("%s (%s)", (_name, release, parts, expected) => {
    const theirs = { ...ours, sha256: "theirs", ...parts };
    expect(whoWins(release, ours, theirs)).toBe(expected);
    const opposite = { ours: "theirs", theirs: "ours", unclear: "unclear" } as const;
    if (theirs.sha256 !== ours.sha256) expect(whoWins(release, theirs, ours)).toBe(opposite[expected]);
  });
  test("one that cannot be read is not the same", () => {
    expect(whoWins("2022.2", { ...ours, sha256: "x" }, { ...ours, sha256: null })).toBe("unclear");
  });
});

describe("where connectors go live", () => {
  const one: LivePlace = { placement: "automatic", directory: "/srv/c" };
  const each: LivePlace = { placement: "perProcess", directory: "/srv/c" };
  const at = (name: string, parts: { exists: boolean; parentExists: boolean }): SeenNode["directories"][number] => {
    return { path: own(name), traversable: true, ...parts };
  };

  test("in one folder", () => {
    expect(liveDirectories(one, node("node1", { directories: [] }))).toEqual(["/srv/c"]);
    expect(["/srv/c", "/srv", own("vizqlserver")].map((path) => isLiveDirectory(one, path))).toEqual([true, false, false]);
    expect(describePlace(one)).toBe("/srv/c");
  });
  test("in the folders of the processes that a node has", () => {
    const directories = [
      at("flowminerva", { exists: false, parentExists: false }),
      at("flowprocessor", { exists: false, parentExists: true }),
      at("vizqlserver", { exists: true, parentExists: false }),
      at("backgrounder", { exists: true, parentExists: true }),
    ];
    expect(liveDirectories(each, node("node1", { directories }))).toEqual([own("vizqlserver"), own("flowprocessor")]);
    expect([own("vizqlserver"), "/srv/c", own("backgrounder")].map((path) => isLiveDirectory(each, path))).toEqual([true, false, false]);
    expect(describePlace(each)).not.toContain("/srv/c");
  });
});

describe("a folder that nodes share", () => {
  const has = (...folders: [string, string?][]): SeenNode =>
    node("n", {
      directories: folders.map(([path, identity]) => {
        return { path, exists: true, parentExists: true, traversable: true, ...(identity === undefined ? {} : { identity }) };
      }),
    });
  test.each<[string, SeenNode, SeenNode, boolean]>([
    ["the same", has(["/x"], ["/c", "7-1"]), has(["/c", "7-1"]), true],
    ["another", has(["/c", "7-1"]), has(["/c", "8-1"]), false],
    ["not told on one", has(["/c", "7-1"]), has(["/c"]), false],
    ["not told on both", has(["/c"]), has(["/c"]), false],
    ["missing on both", has(), has(), false],
    ["the same identity elsewhere", has(["/c"], ["/d", "7-1"]), has(["/c", "7-1"], ["/d"]), false],
  ])("%s", (_name, left, right, expected) => {
    expect(sharesFolder(left, right, "/c")).toBe(expected);
    expect(mayShareFolders({ nodes: [left, right] })).toBe(expected);
    expect(mayShareFolders({ nodes: [has(["/c", "9-9"]), left, right] })).toBe(expected);
  });
  test("no node shares with itself", () => {
    expect(mayShareFolders({ nodes: [has(["/c", "7-1"])] })).toBe(false);
  });
});
