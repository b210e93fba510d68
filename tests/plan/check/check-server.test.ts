import { checkServer } from "../../../provider/plan/check/check-server";
import type { DesiredServer } from "../../../provider/plan/desired";
import { codesOf } from "../support/findings";
import { connector, desiredServer, seenServer } from "../support/servers";

const a = connector("a_jdbc");
const folder = { ...a, fileName: "a_jdbc" };
const listing = (...connectors: DesiredServer["connectors"]): DesiredServer => desiredServer({ connectors });

describe("the nodes", () => {
  test.each<[string, string[], string[], boolean, string[]]>([
    ["the same", ["node1", "node2"], ["node1", "node2"], false, []],
    ["in another order", ["node1", "node2"], ["node2", "node1"], false, []],
    ["one is missing in the program", ["node1"], ["node1", "node2"], false, ["topology-differs"]],
    ["one is not in the cluster", ["node1", "node2"], ["node1"], false, ["topology-differs"]],
    ["as many, and others", ["node1", "node2"], ["node1", "node3"], false, ["topology-differs"]],
    ["none is known", ["node1"], [], false, ["topology-differs"]],
    ["one is missing, which is accepted", ["node1"], ["node1", "node2"], true, []],
  ])("%s", (_name, nodes, topology, allowPartialCluster, expected) => {
    expect(codesOf(checkServer(desiredServer({ nodes, options: { allowPartialCluster } }), seenServer({ topology })))).toEqual(expected);
  });

  test("are listed in one order", () => {
    const differs = checkServer(desiredServer({ nodes: ["b", "a", "c"] }), seenServer({ topology: [] }));
    expect(differs[0]?.message).toContain("a, b, c;");
    expect(differs[0]?.message).toContain("(none)");
  });
});

describe("the release", () => {
  test.each<[string, string, DesiredServer, string[]]>([
    ["packages", "2019.4", listing(a), []],
    ["packages, too early", "2019.3", listing(a), ["version-too-old"]],
    ["folders", "2019.1", listing(folder), []],
    ["folders, too early", "2018.3", listing(folder), ["version-too-old"]],
    ["both, where only folders load", "2019.3", listing(folder, a), ["version-too-old"]],
    ["nothing", "2018.3", listing(), []],
    ["one that needs a later one", "2021.3", listing(a, { ...a, minVersionTableau: "2021.4" }), ["connector-too-new"]],
    ["one that needs just this one", "2021.4", listing({ ...a, minVersionTableau: "2021.4" }), []],
    ["an old server is refused once", "2019.3", listing({ ...a, minVersionTableau: "2021.4" }), ["version-too-old"]],
  ])("%s", (_name, version, desired, expected) => {
    expect(codesOf(checkServer(desired, seenServer({ version })))).toEqual(expected);
  });

  test("says what else helps, and from when on it loads what is listed", () => {
    const first = (version: string, desired: DesiredServer): { message: string; next: string } | undefined =>
      checkServer(desired, seenServer({ version }))[0];
    expect(first("2019.1", listing(a))?.next).toContain('placement: "path"');
    expect(first("2018.3", listing(a))?.next).not.toContain("placement");
    expect(first("2018.3", listing(a))?.message).toContain("2019.4");
    expect(first("2018.3", listing(folder))?.message).toContain("2019.1");
  });
});
