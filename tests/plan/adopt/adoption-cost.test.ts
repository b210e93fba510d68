import { adoptionCost } from "../../../provider/plan/adopt/adoption-cost";
import { compareNodes } from "../../../provider/plan/adopt/compare-nodes";
import { linuxLayout } from "../../../provider/plan/placement/layout";
import type { SeenServer } from "../../../provider/plan/seen";
import { changed, connector, node, packageOf, recordOf, seenServer, started } from "../support/servers";

const a = packageOf(connector("a_jdbc"));
const written = { ...a, changedAtMeans: "writing" } as const;
const folder = {
  path: linuxLayout.connectors,
  exists: true,
  parentExists: true,
  traversable: true,
  entriesChangedAt: changed,
};

const costOf = (seen: SeenServer): ReturnType<typeof adoptionCost> =>
  adoptionCost(
    seen,
    compareNodes(
      seen.nodes,
      () => [linuxLayout.connectors],
      () => true,
    ),
  );
const by = (...nodes: SeenServer["nodes"]): SeenServer => seenServer({ record: null, nodes });

test("what the processes are younger than costs nothing", () => {
  expect(costOf(by(node("node1", { packages: [a] }), node("node2", { packages: [a], loadedSince: started - 1 })))).toEqual({
    due: [],
    knownBy: "changes",
    oldestStart: started - 1,
  });
});

test("what they are older than, or cannot read, is named with its node", () => {
  const seen = by(node("node1", { packages: [{ ...a, changedAt: started }] }), node("node2", { packages: [{ ...a, readable: false }] }));
  expect(costOf(seen).due).toEqual(["a_jdbc.taco on node1 is not loaded yet", "a_jdbc.taco could not be read by Tableau on node2"]);
});

test("what is missing on a node is no reason", () => {
  expect(costOf(by(node("node1", { packages: [a] }), node("node2", { packages: [] }))).due).toEqual([]);
});

test("where only a time of writing is told, the folder's says when it came", () => {
  const there = (entriesChangedAt: number): SeenServer =>
    by(node("node1", { packages: [a] }), node("node2", { packages: [written], directories: [{ ...folder, entriesChangedAt }] }));
  expect(costOf(there(changed))).toEqual({ due: [], knownBy: "arrival", oldestStart: started });
  expect(costOf(there(started))).toMatchObject({ due: ["a_jdbc.taco on node2 is not loaded yet"], knownBy: "arrival" });
});

test("a server with a record is judged by that", () => {
  const nodes = [node("node1", { packages: [written], directories: [folder] })];
  expect(costOf(seenServer({ nodes, record: recordOf([]) }))).toMatchObject({
    due: ["a_jdbc.taco on node1 is not loaded yet"],
    knownBy: "changes",
  });
});

test("where no process is seen, nobody knows since when", () => {
  expect(costOf(by(node("node1", { packages: [a], loadedSince: null, oldestProcess: null })))).toEqual({
    due: ["a_jdbc.taco on node1 is not loaded yet"],
    knownBy: "changes",
    oldestStart: null,
  });
});

test("one reason is said once", () => {
  const twice = { ...a, changedAt: started };
  const places = [linuxLayout.connectors, "/other"];
  const seen = by(node("node1", { packages: places.map((directory) => ({ ...twice, directory })) }));
  const files = compareNodes(
    seen.nodes,
    () => places,
    () => true,
  );
  expect(adoptionCost(seen, files).due).toEqual(["a_jdbc.taco on node1 is not loaded yet"]);
});
