import { checkRecorded } from "../../../provider/plan/check/check-recorded";
import type { SeenServer } from "../../../provider/plan/seen";
import { codesOf } from "../support/findings";
import { connector, desiredServer, node, packageOf, recordOf, seenServer, stored } from "../support/servers";

const a = connector("a_jdbc");
const jar = { ...connector("x"), fileName: "x.jar" };

function seen(stock: "holds it" | "does not"): SeenServer {
  const there = { packages: [packageOf(a), packageOf(jar)], stored: stock === "holds it" ? [stored(jar)] : [] };
  return seenServer({ record: recordOf([a, jar]), nodes: [node("node1"), node("node2", there)] });
}

test("a file that only the record names stays, and that is said", () => {
  const found = checkRecorded(desiredServer(), seen("does not"));
  expect(codesOf(found)).toEqual(["not-surely-ours node2"]);
  expect(found[0]?.message).toContain("/opt/tableau/connectors/x.jar");
});

test("nothing is said of one that goes, nor of one that is listed", () => {
  expect(checkRecorded(desiredServer(), seen("holds it"))).toEqual([]);
  expect(checkRecorded(desiredServer({ drivers: [jar], driversDirectory: "/opt/tableau/connectors" }), seen("does not"))).toEqual([]);
});
