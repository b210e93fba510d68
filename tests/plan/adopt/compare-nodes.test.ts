import { compareNodes, placesOn } from "../../../provider/plan/adopt/compare-nodes";
import { linuxLayout } from "../../../provider/plan/placement/layout";
import { perProcessDirectories } from "../../../provider/plan/placement/load-order";
import type { SeenNode, SeenPackage } from "../../../provider/plan/seen";
import { connector, node, packageOf } from "../support/servers";

const folder = "/srv/c";
const [a, b] = [packageOf(connector("a"), { directory: folder }), packageOf(connector("b"), { directory: folder })];
const on = (...all: readonly (readonly SeenPackage[])[]): SeenNode[] =>
  all.map((packages, at) => node(`node${String(at + 1)}`, { packages }));
const any = (): boolean => true;

/** Names with what is agreed on, in one folder. */
function agreed(nodes: readonly SeenNode[]): readonly (readonly [string, "agreed" | "not"])[] {
  const files = compareNodes(nodes, () => [folder], any);
  return files.map(({ fileName, agreed: one }) => [fileName, one === null ? "not" : "agreed"]);
}

test.each<[string, readonly SeenNode[], readonly (readonly [string, "agreed" | "not"])[]]>([
  ["nothing", on([], []), []],
  ["the same on both", on([a, b], [b, a]), [["a.taco", "agreed"], ["b.taco", "agreed"]]],
  ["one that the second lacks", on([a, b], [a]), [["a.taco", "agreed"], ["b.taco", "not"]]],
  ["one that the first lacks", on([], [a]), [["a.taco", "not"]]],
  ["two of one name that differ", on([a], [{ ...a, sha256: "x" }]), [["a.taco", "not"]]],
  ["two of one name of which one cannot be read", on([a], [{ ...a, sha256: null }]), [["a.taco", "not"]]],
  ["two that cannot be read", on([{ ...a, sha256: null }], [{ ...a, sha256: null }]), [["a.taco", "not"]]],
  ["a link on the first", on([{ ...a, form: "link" }], [a]), [["a.taco", "not"]]],
  ["a link on the second", on([a], [{ ...a, form: "link" }]), [["a.taco", "not"]]],
  ["two folders", on([{ ...a, form: "folder" }], [{ ...a, form: "folder" }]), [["a.taco", "not"]]],
  ["names that differ by capitals, which are two on Linux", on([a], [{ ...a, fileName: "A.taco" }]), [["a.taco", "not"], ["A.taco", "not"]]],
  ["another folder, which does not count", on([a], [a, { ...b, directory: "/srv/d" }]), [["a.taco", "agreed"]]],
])("%s", (_name, nodes, expected) => {
  expect(agreed(nodes)).toEqual(expected);
}); // prettier-ignore

test("names that differ by capitals are one on Windows, and not agreed on", () => {
  const directory = "D:/c";
  const [small, big] = [{ ...a, directory }, { ...a, directory: "d:\\C", fileName: "A.taco" }];
  const files = compareNodes(on([small], [big]), () => [directory], any);
  expect(files).toEqual([
    { fileName: "a.taco", agreed: null, copies: [{ node: "node1", directory, found: small }, { node: "node2", directory, found: big }] },
  ]);
}); // prettier-ignore

test("every place of every node should have it", () => {
  const places = [folder, "/srv/d"];
  const twice = [a, { ...a, directory: "/srv/d" }];
  const whole = compareNodes(on(twice, twice), () => places, any);
  expect(whole).toMatchObject([{ fileName: "a.taco", agreed: a }]);
  expect(whole[0]?.copies.map(({ node: name, directory }) => `${name} ${directory}`)).toEqual([
    "node1 /srv/c",
    "node1 /srv/d",
    "node2 /srv/c",
    "node2 /srv/d",
  ]);
  expect(compareNodes(on(twice, [a]), () => places, any)).toMatchObject([
    { agreed: null, copies: [{}, {}, { found: a }, { found: null }] },
  ]);
});

test("only what is meant is compared", () => {
  const files = compareNodes(on([a, b], [b]), () => [folder], (fileName) => fileName === "b.taco");
  expect(files.map(({ fileName }) => fileName)).toEqual(["b.taco"]);
}); // prettier-ignore

test("the places of a node are the folders that connectors are live in", () => {
  const shared = linuxLayout.connectors;
  expect(placesOn({ placement: "automatic", directory: shared })(node("node1"))).toEqual([shared]);
  const [vizql = "", prep = ""] = perProcessDirectories(shared);
  const seen = { exists: false, traversable: true };
  const directories = [
    { ...seen, path: vizql, parentExists: true },
    { ...seen, path: prep, parentExists: false },
  ];
  expect(placesOn({ placement: "perProcess", directory: shared })(node("node1", { directories }))).toEqual([vizql]);
});
