import { connectPluginsPathKey, disableVerifyKey } from "../../../provider/vocabulary/keys";
import { checkDirectory } from "../../../provider/plan/check/check-directory";
import type { DesiredServer } from "../../../provider/plan/desired";
import { perProcessDirectories } from "../../../provider/plan/placement/load-order";
import { linuxLayout } from "../../../provider/plan/placement/layout";
import type { KeySeen, SeenDirectory, SeenServer } from "../../../provider/plan/seen";
import { codesOf } from "../support/findings";
import { desiredServer, node, seenServer } from "../support/servers";

const path = "/srv/connectors";
const wanted = (parts: Partial<Omit<DesiredServer, "options">>, wish: DesiredServer["keys"][typeof connectPluginsPathKey]): DesiredServer =>
  desiredServer({ directory: path, ...parts, keys: { [connectPluginsPathKey]: wish, [disableVerifyKey]: "left" } });
const serverOf = (version: string, value: KeySeen = { kind: "unset" }): SeenServer =>
  seenServer({ version, keys: { [connectPluginsPathKey]: value, [disableVerifyKey]: { kind: "unset" } } });

test.each<[string, DesiredServer, SeenServer, string[]]>([
  ["the path key is set to it", wanted({}, "automatic"), serverOf("2024.2"), []],
  ["the path key stays elsewhere", wanted({}, "left"), serverOf("2024.2", { kind: "value", value: "/srv/x" }), ["directory-not-read"]],
  ["the path key stays unset", wanted({}, "left"), serverOf("2024.2"), ["directory-not-read"]],
  ["the path key names it already", wanted({}, "left"), serverOf("2024.2", { kind: "value", value: `${path}/` }), []],
  ["the program sets the path elsewhere", wanted({}, { value: "/srv/x" }), serverOf("2024.2"), ["directory-not-read"]],
  ["nothing is to be loaded", wanted({ connectors: [] }, "left"), serverOf("2024.2"), []],
  ["the release loads no connectors at all, which is refused as such", wanted({}, "left"), serverOf("2018.3"), []],
  ["the first release that loads connectors", wanted({}, "left"), serverOf("2019.1"), ["directory-not-read"]],
  ["the shared folder", wanted({ directory: linuxLayout.connectors, placement: "shared" }, "left"), serverOf("2021.2"), []],
  [
    "the shared folder, too early",
    wanted({ directory: linuxLayout.connectors, placement: "shared" }, "left"),
    serverOf("2021.1"),
    ["directory-not-read"],
  ],
])("%s", (_name, desired, seen, expected) => {
  expect(codesOf(checkDirectory(desired, seen))).toEqual(expected);
});

test.each([
  ["shared", /placement/],
  ["automatic", /connectPluginsPath/],
] as const)("tells what to change where the placement is %s", (placement, next) => {
  const [finding] = checkDirectory(wanted({ placement }, "left"), serverOf("2024.2"));
  expect(finding?.next).toMatch(next);
  expect(finding?.message).toContain("not set");
});

describe("the own folders of processes", () => {
  const desired = wanted({ directory: linuxLayout.connectors, placement: "perProcess" }, "left");
  const directories = (...paths: string[]): SeenDirectory[] =>
    paths.map((one) => ({ path: one, exists: true, parentExists: true, traversable: true }));
  const seen = (version: string, folders: SeenDirectory[]): SeenServer => ({
    ...serverOf(version),
    nodes: [node("node1", { directories: folders }), node("node2", { directories: [] })],
  });

  test("are read, those that are there", () => {
    expect(checkDirectory(desired, seen("2024.2", directories(...perProcessDirectories(linuxLayout.connectors))))).toEqual([]);
  });
  test("are not read before 2019.4", () => {
    expect(codesOf(checkDirectory(desired, seen("2019.3", directories(...perProcessDirectories(linuxLayout.connectors)))))).toEqual([
      "directory-not-read",
    ]);
  });
  test("one that is not read is enough to be told", () => {
    const [first = ""] = perProcessDirectories(linuxLayout.connectors);
    const keys = { [connectPluginsPathKey]: { kind: "value", value: first }, [disableVerifyKey]: { kind: "unset" } } as const;
    const early = seen("2019.3", directories(...perProcessDirectories(linuxLayout.connectors)));
    expect(codesOf(checkDirectory(desired, { ...early, keys }))).toEqual(["directory-not-read"]);
    expect(checkDirectory(desired, { ...seen("2019.3", directories(first)), keys })).toEqual([]);
  });
  test("are nowhere", () => {
    const found = checkDirectory(desired, seen("2024.2", []));
    expect(codesOf(found)).toEqual(["directory-not-read"]);
    expect(found[0]?.next).toContain('placement: "path"');
  });
});
