import { findLive, isDriverName, isFolderName, isListed, wantedFiles } from "../../../provider/plan/compare/wanted-files";
import { perProcessDirectories } from "../../../provider/plan/placement/load-order";
import { linuxLayout } from "../../../provider/plan/placement/layout";
import { connector, desiredServer, digest, node, packageOf } from "../support/servers";

const [a, b] = [connector("a_jdbc"), connector("b_jdbc")];
const driver = { fileName: "x.jar", sha256: digest("x") };
const desired = desiredServer({ connectors: [a, b], drivers: [driver] });

test("each connector in its folder, each driver in its own", () => {
  expect(wantedFiles(desired, node("node1"))).toEqual([
    { directory: linuxLayout.connectors, fileName: a.fileName, sha256: a.sha256 },
    { directory: linuxLayout.connectors, fileName: b.fileName, sha256: b.sha256 },
    { directory: linuxLayout.drivers, ...driver },
  ]);
});

test("each connector in the folders of the processes that are on the node", () => {
  const [first = "", second = ""] = perProcessDirectories(linuxLayout.connectors);
  const there = { path: first, exists: true, parentExists: true, traversable: true };
  const missing = { path: second, exists: false, parentExists: false, traversable: false };
  const files = wantedFiles({ ...desired, placement: "perProcess" }, node("node1", { directories: [there, missing] }));
  expect(files.map(({ directory, fileName }) => `${directory}/${fileName}`)).toEqual([
    `${first}/a_jdbc.taco`,
    `${first}/b_jdbc.taco`,
    `${linuxLayout.drivers}/x.jar`,
  ]);
});

test("a file lies in a wanted place by its folder and its name", () => {
  const there = packageOf(b, { sha256: digest("other") });
  const [otherName, otherFolder] = [packageOf({ ...b, fileName: "c.taco" }), packageOf(b, { directory: "/srv" })];
  const seen = node("node1", { packages: [otherName, otherFolder, there] });
  expect(findLive(seen, { directory: linuxLayout.connectors, fileName: b.fileName })).toBe(there);
  expect(findLive(seen, { directory: "/srv", fileName: b.fileName })).toBe(otherFolder);
  expect(findLive(seen, { directory: "/srv", fileName: "c.taco" })).toBeUndefined();
  expect([there, otherName, otherFolder].map((found) => isListed(desired, seen, found))).toEqual([true, false, false]);
  expect(isListed(desired, seen, packageOf(a, { fileName: "x.jar", directory: linuxLayout.drivers }))).toBe(true);
});

test.each([
  ["a.taco", false, false],
  ["a.jar", false, true],
  ["a.zip", false, false],
  ["a", true, false],
  ["a.taco.d", true, false],
  ["jar", true, false],
  ["taco", true, false],
  ["a.jar.bak", true, false],
])("%s: a folder %s, a driver %s", (fileName, folder, jar) => {
  expect([isFolderName(fileName), isDriverName(fileName)]).toEqual([folder, jar]);
});
