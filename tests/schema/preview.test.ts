import { config } from "../../provider/schema/config";
import { connector } from "../../provider/schema/connector";
import { Failures } from "../../provider/schema/failures";
import { packageArguments } from "../../provider/schema/package";
import { isOpen, neededNames } from "../../provider/schema/preview";
import { check } from "../../provider/schema/read";
import { unknownValue } from "../../provider/schema/unknown";

const server = { name: "prod", nodes: [{ name: "node1", host: unknownValue }], tsm: { username: unknownValue } };
const known = { server, connectors: [], live: {}, topology: ["node1"] };

test.each<[string, object, boolean, boolean]>([
  ["how a node is reached", {}, false, false],
  ["a time limit", { timeouts: unknownValue }, false, false],
  ["a server", { server: unknownValue }, true, true],
  ["nothing of a server that is absent", { server: null }, false, false],
  ["where connectors lie", { server: { ...server, connectorsDirectory: unknownValue } }, true, true],
  ["a part of a connector", { connectors: [{ sha256: unknownValue }] }, true, true],
  ["the window", { restartWindow: { from: unknownValue } }, true, true],
  ["a trigger", { restartTriggers: [unknownValue] }, false, true],
  ["a key", { connectPluginsPath: unknownValue }, false, true],
])("%s that is not known leaves open what will be done", (_name, unknown, ofNew, ofChange) => {
  const properties = { ...known, ...unknown };
  expect([isOpen(config.inputs, properties, "new"), isOpen(config.inputs, properties, "change")]).toEqual([ofNew, ofChange]);
});

test("a package is known by its source, its pin and its name", () => {
  expect(neededNames(packageArguments)).toEqual(["source", "sha256", "fileName"]);
});

test("credentials are not asked under a path that no program has", () => {
  const failures = new Failures();
  const draft = check(connector.given, { server: { name: "a", nodes: [{ name: "n" }] }, source: "a", credentials: 5 }, failures);
  expect(failures.list).toEqual([]);
  expect(draft).not.toHaveProperty("credentials");
});
