import { pythonNames } from "../../provider/plugin/python-names";
import { unknownValue } from "../../provider/schema/unknown";

test("names that Python's SDK has not translated are refused, each with its path and the way out", () => {
  const connection = { host: "a", private_key: "k", proxy: { host_key: "x", user: "u" } };
  expect(pythonNames({ name: "prod", nodes: [{ name: "node1" }, { name: "node2", connection }] })).toEqual([
    {
      property: "server.nodes[1].connection.private_key",
      reason: "expected privateKey, got private_key; in Python, make the server with tableau.TableauServerArgs(...), not as a dictionary",
    },
    { property: "server.nodes[1].connection.proxy.host_key", reason: expect.stringContaining("expected hostKey") as string },
  ]);
});

test.each(["prod", undefined, null, unknownValue, { name: "a_b", nodes: [{ name: "n", connection: { privateKey: "a_b" } }] }])(
  "%j has none",
  (server) => {
    expect(pythonNames(server)).toEqual([]);
  },
);
