import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Resource, serversOf } from "../../../provider/cli/server/from-stack";

const secret = (value: unknown): unknown => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  plaintext: JSON.stringify(value),
});
const urn = (type: string, name: string): string => `urn:pulumi:dev::test::${type}::${name}`;
const nodes = [{ name: "node1", connection: { host: "10.0.0.1", port: 22, user: "tableau", privateKey: "KEY" } }];
const taken = {
  server: { name: "prod", nodes: [{ name: "node1", host: "10.0.0.1", port: 22, user: "tableau" }] },
  credentials: { nodes: { node1: { privateKey: "KEY" } } },
};

const provider = urn("pulumi:providers:tableau", "default");
const states: readonly (readonly [string, readonly Resource[]])[] = [
  [
    "dynamic resources",
    [
      {
        type: "pulumi-nodejs:dynamic/tableau:TableauServerPluginsConfig",
        urn: urn("pulumi-nodejs:dynamic/tableau:TableauServerPluginsConfig", "config"),
        outputs: { server: taken.server, credentials: secret(taken.credentials), __provider: "exports.handler = …" },
      },
    ],
  ],
  [
    "the plugin",
    [
      {
        type: "tableau:index:TableauServerPluginsConfig",
        urn: urn("tableau:index:TableauServerPluginsConfig", "config"),
        outputs: { server: { name: "prod", nodes: [{ ...nodes[0], connection: { ...nodes[0]?.connection, privateKey: secret("KEY") } }] } },
      },
    ],
  ],
  [
    "the plugin, by the server's name",
    [
      { type: "pulumi:providers:tableau", urn: provider, inputs: { servers: secret(JSON.stringify({ prod: { nodes } })) } },
      {
        type: "tableau:index:TableauConnector",
        urn: urn("tableau:index:TableauConnector", "a"),
        provider: `${provider}::0a1b`,
        outputs: { server: "prod", __server: taken.server },
      },
    ],
  ],
];

describe("the server in the state of a stack", () => {
  test.each(states)("of %s is the same", (_door, resources) => {
    const { server, credentials } = serversOf(resources).get("prod") ?? {};
    expect({ server, credentials }).toEqual(taken);
  });

  test("of the plugin, by the server's name in a file, is the same", () => {
    const folder = mkdtempSync(join(tmpdir(), "from-stack-"));
    const serversPath = join(folder, "servers.json");
    writeFileSync(serversPath, JSON.stringify({ prod: { nodes } }));
    const named = states.at(-1)?.[1].map((one) => (one.urn === provider ? { ...one, inputs: { serversPath } } : one)) ?? [];
    const { server, credentials } = serversOf(named).get("prod") ?? {};
    rmSync(folder, { recursive: true });
    expect({ server, credentials }).toEqual(taken);
  });
});
