import fc from "fast-check";
import { unknownValue } from "../../../provider/schema/unknown";
import { asWritten, toLifecycle, toWritten } from "../../../provider/lifecycle/server/written-shape";

const urn = "urn:pulumi:dev::test::tableau:index:TableauConnector::a";
const connection = { host: "10.0.0.1", port: 22, user: "tableau", privateKey: "KEY", hostKey: "ssh-ed25519 AAAA" };
const server = {
  name: "prod",
  nodes: [{ name: "node1", connection: { ...connection, proxy: { host: "jump", user: "me", password: "PASS" } } }, { name: "node2" }],
  tsm: { username: "admin", password: "TSM" },
};

describe("what people write, and what the lifecycles take", () => {
  test("a server has a public part and credentials, as with dynamic resources", () => {
    expect(toLifecycle({ server, source: "a.taco" }, urn)).toEqual({
      server: {
        name: "prod",
        nodes: [{ name: "node1", host: "10.0.0.1", port: 22, user: "tableau", proxy: { host: "jump", user: "me" } }, { name: "node2" }],
        tsm: { username: "admin" },
      },
      credentials: {
        nodes: { node1: { privateKey: "KEY", hostKey: "ssh-ed25519 AAAA", proxy: { password: "PASS" } }, node2: {} },
        tsmPassword: "TSM",
      },
      source: "a.taco",
      __urn: urn,
    });
  });

  test("a connection that comes later hides no name of a node", () => {
    const { server: open } = toLifecycle({ server: { name: "prod", nodes: [{ name: "node1", connection: unknownValue }] } }, urn);
    expect(open).toEqual({ name: "prod", nodes: [{ name: "node1", host: unknownValue, port: unknownValue, user: unknownValue }] });
  });

  test("a machine too", () => {
    expect(toLifecycle({ machine: { name: "anna", product: "prep", connection } }, urn)).toEqual({
      machine: { name: "anna", product: "prep", host: "10.0.0.1", port: 22, user: "tableau" },
      credentials: { nodes: { anna: { privateKey: "KEY", hostKey: "ssh-ed25519 AAAA" } } },
      __urn: urn,
    });
  });

  test("nothing that is hidden, and no credentials of their own, come back", () => {
    const inside = toLifecycle({ server, source: "a.taco" }, urn);
    expect(toWritten({ ...inside, delivered: { node1: "d" } }, { server })).toEqual({
      server,
      source: "a.taco",
      delivered: { node1: "d" },
    });
  });

  test("a state of dynamic resources reads as if it had been written here", () => {
    const endpoint = fc.record(
      { host: fc.string(), port: fc.nat(), user: fc.string(), password: fc.string(), hostKey: fc.string() },
      { requiredKeys: ["host"] },
    );
    const node = fc.record({ connection: fc.tuple(endpoint, fc.option(endpoint, { nil: undefined })) }, { requiredKeys: [] });
    fc.assert(
      fc.property(fc.array(node), fc.option(fc.string(), { nil: undefined }), (nodes, password) => {
        const written = {
          name: "prod",
          nodes: nodes.map(({ connection: both }, i) => ({
            name: `node${String(i)}`,
            ...(both === undefined ? {} : { connection: both[1] === undefined ? both[0] : { ...both[0], proxy: both[1] } }),
          })),
          tsm: { username: "admin", ...(password === undefined ? {} : { password }) },
        };
        const state = { ...toLifecycle({ server: written }, urn), __provider: "exports.handler = …", schemaVersion: 1 };
        expect(asWritten(state)).toEqual({ server: written });
        // And what is in that shape already is taken as it is.
        expect(toLifecycle(state, urn)).toEqual(toLifecycle({ server: written }, urn));
      }),
    );
  });
});
