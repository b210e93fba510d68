import { Failures } from "../../provider/schema/failures";
import { check } from "../../provider/schema/read";
import { serverArguments } from "../../provider/schema/server";
import { unknownValue } from "../../provider/schema/unknown";

const none = "server.nodes expected at least one node; the first is the initial node, where tsm runs";

test.each<[string, unknown, readonly string[]]>([
  ["one node", [{ name: "node1" }], []],
  ["two nodes", [{ name: "node1" }, { name: "node2" }], []],
  ["nodes that are not known yet", unknownValue, []],
  ["a node that is not known yet", [unknownValue], []],
  ["no node", [], [none]],
  ["nothing of nodes", undefined, [none]],
])("a server has %s", (_name, nodes, expected) => {
  const failures = new Failures();
  check(serverArguments, { name: "prod", nodes }, failures, { at: "server" });
  expect(failures.list.map(({ property, reason }) => `${property} ${reason}`)).toEqual(expected);
});
