import { checkListed } from "../../../provider/lifecycle/config/check-listed";
import { checkOrigins, withoutOrigins } from "../../../provider/lifecycle/config/check-origins";
import { config } from "../../../provider/schema/config";
import { Failures } from "../../../provider/schema/failures";
import { check } from "../../../provider/schema/read";
import type { Properties } from "../../../provider/lifecycle/lifecycle";
import { unknownValue } from "../../../provider/schema/unknown";

const connector = { fileName: "a_jdbc.taco", sha256: "a".repeat(64), pluginClass: "a_jdbc", pluginVersion: "1.0.0" };
const driver = { fileName: "a.jar", sha256: "b".repeat(64) };
const machine = { name: "anna", product: "prep" };
const dev = {
  name: "dev",
  nodes: [
    { name: "node1", host: "d1", user: "ops" },
    { name: "node2", host: "d2", user: "ops" },
  ],
};
const server = {
  name: "prod",
  nodes: [
    { name: "node1", host: "h1", user: "ops" },
    { name: "node2", host: "h2", port: 22, user: "ops" },
  ],
};

test.each<[string, Properties, readonly string[]]>([
  [
    "a connector of a machine",
    { connectors: [{ ...connector, origin: { machine } }] },
    ["connectors[0]: a_jdbc.taco is made for the machine anna (Tableau Prep Builder)"],
  ],
  [
    "a driver of a machine",
    { drivers: [driver, { ...driver, fileName: "b.jar", origin: { machine } }] },
    ["drivers[1]: b.jar is made for the machine anna"],
  ],
  [
    "a connector of another server",
    { connectors: [{ ...connector, origin: { server: dev } }] },
    ["connectors[0]: a_jdbc.taco is made for the server dev, and is not delivered to the nodes of prod"],
  ],
  [
    "a driver of another server",
    { drivers: [{ ...driver, origin: { server: dev } }] },
    [
      "drivers[0]: a.jar is made for the server dev, and is not delivered to the nodes of prod. List a TableauDriver that is made with this server",
    ],
  ],
  ["a driver among the connectors", { connectors: [driver] }, ['connectors[0].fileName: "a.jar" is a driver: it belongs in `drivers`']],
  [
    "a connector among the drivers",
    { drivers: [connector] },
    [
      "drivers[0].fileName: expected a file name that ends in .jar, without folders and without a leading dot; a connector belongs in `connectors`",
    ],
  ],
  [
    "a driver twice",
    { drivers: [driver, driver] },
    ['drivers[1].fileName: the file name "a.jar" is listed twice (drivers[0] has it too): they would be one file'],
  ],
])("%s is refused, with what to do", (_name, lists, expected) => {
  const found = failures({ server, connectors: [], ...lists });
  expect(found).toEqual(expected.map((sentence) => expect.stringContaining(sentence) as unknown));
});

test.each<[string, unknown]>([
  ["of this server under another label", { server: { ...server, name: "production" } }],
  ["of this server by other addresses", { server: { ...dev, name: "prod" } }],
  ["of a server whose name is not known yet", { server: { ...dev, name: unknownValue } }],
  ["of a server whose addresses are not known yet", { server: { ...dev, nodes: unknownValue } }],
  ["of a machine that is not known yet", { machine: { ...machine, name: unknownValue } }],
  ["of what is not known yet", unknownValue],
  ["of no place that could be read", { server: { name: 1, nodes: [null] } }],
])("a connector %s is taken", (_name, origin) => {
  expect(failures({ server, connectors: [{ ...connector, origin }] })).toEqual([]);
});

test("where it was made for does not enter the state", () => {
  const origin = { server };
  const news = { server, connectors: [{ ...connector, origin }], drivers: [{ ...driver, origin }, unknownValue], takeOver: true };
  expect(withoutOrigins(news)).toEqual({ server, connectors: [connector], drivers: [driver, unknownValue], takeOver: true });
  expect(withoutOrigins({ server, connectors: unknownValue })).toEqual({ server, connectors: unknownValue });
});

function failures(news: Properties): string[] {
  const found = new Failures();
  checkListed(check(config.given, news, found), found);
  checkOrigins(news, found);
  return found.list.map(({ property, reason }) => `${property}: ${reason}`);
}
