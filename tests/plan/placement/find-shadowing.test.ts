import { connectPluginsPathKey as path, disableVerifyKey as verify } from "../../../provider/vocabulary/keys";
import type { DesiredServer, KeyWish } from "../../../provider/plan/desired";
import { findShadowing } from "../../../provider/plan/placement/find-shadowing";
import { linuxLayout } from "../../../provider/plan/placement/layout";
import { ownDirectories, perProcessDirectories } from "../../../provider/plan/placement/load-order";
import type { KeySeen, PackageIdentity, SeenPackage, SeenServer } from "../../../provider/plan/seen";
import { codesOf } from "../support/findings";
import { connector, desiredServer, node, packageOf, recordOf, seenServer, stranger } from "../support/servers";

const a = connector("a_jdbc", "1.1.0");
const [vizql = "", backgrounder = ""] = ownDirectories("/");
const of = (pluginVersion: string, pluginClass = "a_jdbc"): PackageIdentity => ({ pluginClass, pluginVersion, signed: true });
const at = (directory: string, identity: PackageIdentity | null | undefined): SeenPackage =>
  stranger("other.taco", identity, { directory });

interface World {
  readonly release?: string;
  readonly desired?: Parameters<typeof desiredServer>[0];
  readonly wish?: KeyWish;
  readonly path?: KeySeen;
  readonly record?: SeenServer["record"];
}
function find(
  other: SeenPackage,
  { release = "2024.2", desired = {}, wish = "left", path: now = { kind: "unset" }, record }: World = {},
): string[] {
  const wanted: DesiredServer = desiredServer({ connectors: [a], keys: { [path]: wish, [verify]: "left" }, ...desired });
  const directories = [linuxLayout.connectors, ...perProcessDirectories("/")].map((one) => {
    return { path: one, exists: true, parentExists: true, traversable: true };
  });
  const second = node("node2", { packages: [packageOf(a), other], directories });
  const seen = seenServer({
    version: release,
    nodes: [node("node1", { packages: [packageOf(a)] }), second],
    keys: { [path]: now, [verify]: { kind: "unset" } },
    record: record ?? recordOf([a]),
  });
  const { refusals, warnings } = findShadowing(wanted, seen);
  return [...codesOf(refusals).map((code) => `refused: ${code}`), ...codesOf(warnings).map((code) => `warned: ${code}`)];
}
const [hidden, hides] = [["refused: shadowed node2"], ["warned: duplicate-class node2"]];
const value = (text: string): KeySeen => ({ kind: "value", value: text });

test.each<[string, SeenPackage, World, string[]]>([
  ["newer, wherever it is read", at(vizql, of("2.0")), {}, hidden],
  ["older", at(vizql, of("1.0")), {}, hides],
  ["the same version, found later", at(vizql, of("1.1")), {}, hides],
  ["the same version beside it", at(linuxLayout.connectors, of("1.1")), {}, hidden],
  ["the same bytes", packageOf({ ...a, fileName: "other.taco" }, { directory: vizql }), {}, hides],
  ["another class", at(vizql, of("2.0", "b_jdbc")), {}, []],
  ["a class that nobody can read", at(vizql, null), {}, []],
  ["a folder that nobody reads", at("/srv/x", of("2.0")), {}, []],
  ["a folder that the path names", at("/srv/x", of("2.0")), { path: value("/srv/x") }, hidden],
  ["a folder that the path is to name", at("/srv/x", of("2.0")), { wish: { value: "/srv/x" } }, hidden],
  ["a folder that the path no longer names", at("/srv/x", of("2.0")), { wish: { value: "/srv/y" }, path: value("/srv/x") }, []],
  [
    "a listed file",
    at(linuxLayout.connectors, of("2.0")),
    { desired: { connectors: [a, { ...connector("b_jdbc"), fileName: "other.taco" }] } },
    [],
  ],
  [
    "one that is to be retired",
    at(linuxLayout.connectors, of("2.0")),
    { desired: { connectors: [a], options: { unlistedConnectors: "retire" } } },
    [],
  ],
  ["one that the record drops", at(linuxLayout.connectors, of("2.0")), { record: recordOf([{ ...a, fileName: "other.taco" }]) }, []],
  ["before 2022.2, found later", at(vizql, of("2.0")), { release: "2021.2" }, hides],
  [
    "before 2021.2, found earlier than the path",
    at(vizql, of("1.0")),
    { release: "2021.1", desired: { connectors: [a], directory: "/srv/c" }, wish: { value: "/srv/c" } },
    hidden,
  ],
  [
    "the folder of a process that does not read ours",
    at(vizql, of("2.0")),
    { desired: { connectors: [a], placement: "perProcess" } },
    hidden,
  ],
  ["the folder of a process without ours", at(backgrounder, of("2.0")), { desired: { connectors: [a], placement: "perProcess" } }, []],
  [
    "the shared folder, beside folders of processes",
    at(linuxLayout.connectors, of("1.0")),
    { desired: { connectors: [a], placement: "perProcess" } },
    hides,
  ],
])("a package of the class: %s", (_name, other, world, expected) => {
  expect(find(other, world)).toEqual(expected);
});

test("each process that reads ours decides for itself, and the worst counts", () => {
  const inPath = { desired: { connectors: [a], directory: "/srv/c" }, wish: { value: "/srv/c" } } as const;
  // Only vizqlserver reads both folders.
  expect(find(at(vizql, of("1.1")), inPath)).toEqual(hidden);
  expect(find(at(vizql, of("1.0")), inPath)).toEqual(hides);
  // No process of Prep reads the path.
  expect(find(at(ownDirectories("/")[3] ?? "", of("2.0")), inPath)).toEqual([]);
});

test("what nobody looked into is known by its digest", () => {
  const before = connector("a_jdbc", "1.0.0");
  const copy = packageOf({ ...before, fileName: "other.taco" }, { directory: vizql });
  expect(find(copy, { record: recordOf([before]) })).toEqual(hides);
  expect(find(copy)).toEqual([]);
  expect(find(copy, { release: "2019.4" })).toEqual([]);
});

test("says which version would be loaded, or that either may", () => {
  const message = (other: SeenPackage): string =>
    findShadowing(desiredServer({ connectors: [a] }), seenServer({ nodes: [node("node1", { packages: [other] })] })).refusals[0]?.message ??
    "";
  expect(message(at(vizql, of("2.0")))).toContain("2.0");
  expect(message(at(linuxLayout.connectors, of("1.1")))).not.toContain("would load that one");
  expect(message(at(vizql, of("2.0")))).toContain("would load that one");
});
