import * as pulumi from "@pulumi/pulumi";
import { providerText } from "../../provider/engine/provider-text";
import { tokens } from "../../provider/resources/tokens";
import { everyActivationArgument } from "../lifecycle/config/support/every-activation-argument";
import {
  ConnectorDeployment,
  TableauConnector,
  TableauDesktopConnector,
  TableauDriver,
  TableauServerPluginsConfig,
  type ActivationArgs,
  type TableauServerArgs,
} from "../../provider";

interface Registered {
  readonly type: string;
  readonly name: string;
  readonly inputs: Record<string, unknown>;
}

const secretMark = "4dabf18193072939515e22adb298388d";
let registered: Registered[] = [];

beforeEach(async () => {
  registered = [];
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => {
        registered.push({ type, name, inputs: inputs as Record<string, unknown> });
        return { id: `${name}-id`, state: { sha256: "a".repeat(64), fileName: "a.taco", pluginClass: "a", ...inputs } };
      },
      call: () => ({}),
    },
    "shop",
    "dev",
    false,
  );
});

async function inputsOf(server: pulumi.Input<TableauServerArgs>): Promise<Record<string, unknown>> {
  const one = new TableauConnector("a", { server, source: "a.taco" });
  await new Promise((resolve) => one.urn.apply(resolve));
  return registered.find(({ name }) => name === "a")?.inputs ?? {};
}

test("tokens and the provider's text stand in every state for ever", () => {
  expect({ tokens, connector: providerText("connector"), config: providerText("config") }).toMatchInlineSnapshot(`
    {
      "config": "exports.handler = () => require("module").createRequire(process.cwd() + "/_.js")("pulumi-tableau/provider").config;",
      "connector": "exports.handler = () => require("module").createRequire(process.cwd() + "/_.js")("pulumi-tableau/provider").connector;",
      "tokens": {
        "certificate": "pulumi-nodejs:dynamic/tableau:TableauTrustedCertificate",
        "config": "pulumi-nodejs:dynamic/tableau:TableauServerPluginsConfig",
        "connector": "pulumi-nodejs:dynamic/tableau:TableauConnector",
        "deployment": "tableau:index:ConnectorDeployment",
        "desktopConnector": "pulumi-nodejs:dynamic/tableau:TableauDesktopConnector",
        "desktopLauncher": "pulumi-nodejs:dynamic/tableau:TableauDesktopLauncher",
        "driver": "pulumi-nodejs:dynamic/tableau:TableauDriver",
      },
    }
  `);
});

describe("a server is split", () => {
  const connection = { host: "h1", port: 2222, user: "ops", privateKey: "marker-key", hostKey: "ssh-ed25519 AAAA" };
  const forms: readonly [string, () => pulumi.Input<TableauServerArgs>][] = [
    ["plain", () => ({ name: "prod", nodes: [{ name: "node1", connection }], tsm: { username: "admin", password: "marker-tsm" } })],
    [
      "as one Output",
      () => pulumi.output({ name: "prod", nodes: [{ name: "node1", connection }], tsm: { username: "admin", password: "marker-tsm" } }),
    ],
    [
      "with secrets inside",
      () => ({
        name: "prod",
        nodes: [{ name: "node1", connection: { ...connection, host: pulumi.secret("h1"), privateKey: pulumi.secret("marker-key") } }],
        tsm: { username: "admin", password: pulumi.secret("marker-tsm") },
      }),
    ],
    [
      "with a whole secret connection",
      () => ({
        name: "prod",
        nodes: [{ name: "node1", connection: pulumi.secret(connection) }],
        tsm: pulumi.secret({ username: "admin", password: "marker-tsm" }),
      }),
    ],
  ];
  test.each(forms)("%s: what may be read is plain, the rest secret", async (_name, server) => {
    const inputs = await inputsOf(server());
    expect(JSON.stringify(inputs["server"])).not.toContain(secretMark);
    expect(JSON.stringify(inputs["server"])).not.toContain("marker");
    expect(inputs["server"]).toMatchObject({
      name: "prod",
      nodes: [{ name: "node1", host: "h1", port: 2222, user: "ops" }],
      tsm: { username: "admin" },
    });
    expect(inputs["credentials"]).toMatchObject({ [secretMark]: expect.any(String) as string });
    expect(JSON.stringify(inputs["credentials"])).toContain("marker-key");
    expect(JSON.stringify(inputs["credentials"])).toContain("marker-tsm");
  });

  test("nothing that is absent becomes a property", async () => {
    const { server } = await inputsOf({ name: "prod", nodes: [{ name: "node1", connection: pulumi.output({ host: "h", user: "u" }) }] });
    expect(server).toEqual({ name: "prod", nodes: [{ name: "node1", host: "h", user: "u" }] });
  });
});

test("a deployment is its connectors and one config that depends on them, with their names and parent", async () => {
  const deployment = new ConnectorDeployment("prod", {
    server: { name: "prod", nodes: [{ name: "node1" }] },
    connectors: { a: { source: "a.taco" }, b: { source: "b.taco" } },
    activation: "hold",
  });
  await new Promise((resolve) => deployment.config.urn.apply(resolve));
  expect(registered.map(({ type, name }) => `${type.split(":").pop() ?? ""} ${name}`)).toEqual([
    "ConnectorDeployment prod",
    "TableauConnector prod-a",
    "TableauConnector prod-b",
    "TableauServerPluginsConfig prod-config",
  ]);
  const config = registered.at(-1)?.inputs ?? {};
  expect(config).toMatchObject({ activation: "hold", connectors: [{ sha256: "a".repeat(64) }, { sha256: "a".repeat(64) }] });
  expect(String(config["__urn"])).toContain(
    "tableau:index:ConnectorDeployment$pulumi-nodejs:dynamic/tableau:TableauServerPluginsConfig::prod-config",
  );
  expect(Object.entries(config).filter(([, value]) => value === undefined)).toEqual([]);
});

test("every argument of the activation reaches the config, through a deployment too", async () => {
  const activation: Required<ActivationArgs> = everyActivationArgument;
  const server = { name: "prod", nodes: [{ name: "node1" }] };
  const configs = [
    new TableauServerPluginsConfig("alone", { server, connectors: [], ...activation }),
    new ConnectorDeployment("within", { server, connectors: {}, ...activation }).config,
  ];
  await Promise.all(configs.map((config) => new Promise((resolve) => config.urn.apply(resolve))));
  const inputs = registered.filter(({ type }) => type === tokens.config).map((one) => one.inputs);
  const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value: activation.trustPassword };
  const wanted = { ...activation, trustPassword: secret };
  expect(inputs).toEqual([expect.objectContaining(wanted), expect.objectContaining(wanted)]);
});

test("a driver goes to a server or to a machine, whose secrets are split off", async () => {
  const connection = { host: "h1", user: "anna", privateKey: "marker-key" };
  const server = { name: "prod", nodes: [{ name: "node1", connection }] };
  const machine = { name: "anna", product: "prep" as const, driversDirectory: "~/own", connection };
  const made = [
    new TableauDriver("a", { server, source: "a.jar" }),
    new TableauDriver("b", { machine, source: "b.jar", overwriteUnmanaged: true }),
  ];
  await Promise.all(made.map((one) => new Promise((resolve) => one.urn.apply(resolve))));
  const [a, b] = ["a", "b"].map((wanted) => registered.find(({ name }) => name === wanted)?.inputs ?? {});
  expect(Object.keys(a ?? {}).sort()).toEqual(["__provider", "__urn", "credentials", "server", "source"]);
  expect(b).toMatchObject({
    machine: { name: "anna", product: "prep", driversDirectory: "~/own", host: "h1", user: "anna" },
    source: "b.jar",
    overwriteUnmanaged: true,
  });
  expect(b).not.toHaveProperty("server");
  expect(JSON.stringify(b?.["machine"])).not.toContain("marker");
  expect(JSON.stringify(b?.["credentials"])).toContain(secretMark);
});

test("a config tells where each of its resources was made for, without what is secret, and nothing of plain references", async () => {
  const server = { name: "prod", nodes: [{ name: "node1", connection: { host: "h1", user: "ops", privateKey: "marker-key" } }] };
  const machine = { name: "anna", connection: { host: "a1", user: "anna", password: "marker-word" } };
  const plain = {
    fileName: "c.taco",
    sha256: "c",
    pluginClass: "c",
    pluginVersion: "1",
    minVersionTableau: "2019.4",
    signature: {} as never,
  };
  const config = new TableauServerPluginsConfig("config", {
    server,
    connectors: [
      new TableauConnector("a", { server, source: "a.taco" }),
      new TableauDesktopConnector("b", { machine, source: "b.taco" }),
      plain,
    ],
    drivers: [new TableauDriver("d", { machine, source: "d.jar" }), { fileName: "e.jar", sha256: "e" }],
  });
  await new Promise((resolve) => config.urn.apply(resolve));
  const { connectors, drivers } = registered.find(({ name }) => name === "config")?.inputs ?? {};
  const here = { server: { name: "prod", nodes: [{ name: "node1", host: "h1", user: "ops" }] } };
  const there = { machine: { name: "anna", host: "a1", user: "anna" } };
  expect(connectors).toMatchObject([{ origin: here }, { origin: there }, { fileName: "c.taco" }]);
  expect(drivers).toMatchObject([{ origin: there }, { fileName: "e.jar" }]);
  expect([connectors, drivers].flat().map((one) => Object.keys(one as object).includes("origin"))).toEqual([
    true,
    true,
    false,
    true,
    false,
  ]);
  expect(JSON.stringify([connectors, drivers])).not.toMatch(/marker|4dabf18193072939515e22adb298388d/);
});
