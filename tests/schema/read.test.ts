import { connector } from "../../provider/schema/connector";
import { Failures } from "../../provider/schema/failures";
import { check, parse } from "../../provider/schema/read";
import { unknownValue } from "../../provider/schema/unknown";

const server = { name: "prod", nodes: [{ name: "node1", host: "h1", port: 22, user: "ops", proxy: { host: "jump", user: "ops" } }] };

test("what is right is parsed, what is wrong is told by its path in the program", () => {
  const failures = new Failures();
  const given = {
    server: { ...server, nodes: [{ ...server.nodes[0], host: "a b", port: "22", proxy: {} }] },
    source: 1,
    sha256: unknownValue,
  };
  expect(check(connector.given, given, failures)).toEqual({
    server: { name: "prod", nodes: [{ name: "node1", host: "a b", user: "ops", proxy: {} }] },
    sha256: unknownValue,
  });
  expect(failures.list.map(({ property, reason }) => `${property}: ${reason}`)).toEqual([
    'server.nodes[0].connection.host: expected a host name or address, got "a b"',
    'server.nodes[0].connection.port: expected a whole number of at least 1, got "22"',
    "server.nodes[0].connection.proxy.host: is missing: expected a text",
    "source: expected a text, got 1",
  ]);
});

test("state that lacks what check always leaves there is an error with a code, not a crash", () => {
  expect(() => parse(connector.inputs, { server, source: "a.taco" })).toThrow(/sha256, fileName, .* missing/);
});
