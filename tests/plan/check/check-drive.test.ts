import { checkDrive } from "../../../provider/plan/check/check-drive";
import type { DesiredServer } from "../../../provider/plan/desired";
import { codesOf } from "../support/findings";
import { desiredServer, node, seenServer } from "../support/servers";

const desired = (parts: Partial<Omit<DesiredServer, "options">> = {}): DesiredServer =>
  desiredServer({ directory: "D:/Connectors", ...parts });
const onC = { installedIn: "C:/Program Files/Tableau/Tableau Server" };
const onD = { installedIn: "d:/Tableau" };

test.each<[string, DesiredServer, (typeof onC | Record<string, never>)[], string[]]>([
  ["another drive", desired(), [onC, onC], ["other-drive node1"]],
  ["another drive on one node", desired(), [onD, onC], ["other-drive node2"]],
  ["the same drive, whatever the capitals", desired(), [onD, onD], []],
  ["nodes that do not tell", desired(), [{}, {}], []],
  ["one of them tells", desired(), [{}, onC], ["other-drive node2"]],
  ["no connector", desired({ connectors: [] }), [onC, onC], []],
  ["the folders of processes are on the server's own drive", desired({ placement: "perProcess" }), [onC, onC], []],
])("%s", (_name, wanted, nodes, expected) => {
  const seen = seenServer({ nodes: nodes.map((parts, i) => node(`node${String(i + 1)}`, parts)) });
  expect(codesOf(checkDrive(wanted, seen))).toEqual(expected);
});

test("names the drive that the folder belongs on", () => {
  expect(checkDrive(desired(), seenServer({ nodes: [node("node1", { installedIn: "e:\\Tableau" })] }))[0]?.next).toContain("drive E:");
});
