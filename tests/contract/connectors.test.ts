import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { providerText } from "../../provider/engine/provider-text";
import { makeTaco, startCluster, type Cluster } from "../../simulator";
import { DynamicProvider, lane, type Properties, ResourceInitFailed, unknown } from "./support";

const urn = (type: string): string => `urn:pulumi:dev::test::pulumi-nodejs:dynamic/tableau:${type}::x`;

describe("the resources over the engine's protocol", () => {
  let directory: string;
  let cluster: Cluster;
  let connector: DynamicProvider;
  let config: DynamicProvider;

  beforeAll(async () => {
    mkdirSync(join(lane, ".work"), { recursive: true });
    directory = mkdtempSync(join(lane, ".work", "contract-"));
    cluster = await startCluster({
      directory: join(directory, "cluster"),
      nodes: 2,
      transport: "builtin",
      jobMilliseconds: 5,
      name: "prod",
    });
    connector = await DynamicProvider.start({ providerText: providerText("connector"), directory });
    config = await DynamicProvider.start({ providerText: providerText("config"), directory });
    await Promise.all([connector.configure(), config.configure()]);
  });
  afterAll(async () => {
    await Promise.all([connector.stop(), config.stop()]);
    await cluster.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  const server = (): Properties => {
    const nodes = cluster.nodes.map(({ name, connection }) => ({
      name,
      host: connection?.host,
      port: connection?.port,
      user: connection?.user,
    }));
    const secrets = cluster.nodes.map(({ name, connection }) => [
      name,
      { privateKey: connection?.privateKey, hostKey: connection?.hostKey },
    ]);
    return { server: { name: "prod", nodes }, credentials: { nodes: Object.fromEntries(secrets) } };
  };
  const taco = (version: string): string => {
    const path = join(directory, `a_jdbc-${version}.taco`);
    writeFileSync(path, makeTaco({ class: "a_jdbc", pluginVersion: version }));
    return path;
  };
  const connectorInputs = (version: string): Properties => ({
    ...server(),
    source: taco(version),
    fileName: "a_jdbc.taco",
    __urn: urn("TableauConnector"),
  });

  test("check: every failure at once with its property path, and no host is touched", async () => {
    const { failures } = await config.check({
      server: { name: "", nodes: [{ name: "node1", host: "a b" }, { name: "node1" }], connectorsDirectory: "relative", version: "10" },
      connectors: [
        { fileName: "a.zip", sha256: "no", pluginClass: "a" },
        { fileName: "a.zip", sha256: "no", pluginClass: "a" },
      ],
      activation: "later",
      connectPluginsPath: "/a\nb",
      acceptBreaking: [1],
      timeouts: { ready: 0 },
      __urn: urn("TableauServerPluginsConfig"),
    });
    expect([...new Set(failures.map(({ property }) => property))]).toEqual(
      expect.arrayContaining([
        "server.name",
        "server.version",
        "server.connectorsDirectory",
        "server.nodes[0].connection.host",
        "server.nodes[1].name",
        "connectors[0].fileName",
        "connectors[0].sha256",
        "connectors[1].pluginClass",
        "activation",
        "connectPluginsPath",
        "acceptBreaking[0]",
        "timeouts.ready",
      ]),
    );
    const wrong = await connector.check({
      ...server(),
      source: "missing.taco",
      sha256: "no",
      fileName: "a/b",
      __urn: urn("TableauConnector"),
    });
    expect(wrong.failures.map(({ property }) => property)).toEqual(expect.arrayContaining(["sha256", "fileName"]));
    expect((await cluster.state()).nodes.map(({ connections }) => connections)).toEqual([0, 0]);
  });

  test("check: a package that is not known yet leaves everything that is computed unknown, and says so", async () => {
    const { inputs, failures } = await connector.check({ ...server(), source: unknown, __urn: urn("TableauConnector") });
    expect(failures).toEqual([]);
    for (const name of ["sha256", "fileName", "pluginClass", "pluginVersion", "signature", "delivered"]) {
      expect(inputs[name]).toEqual(unknown);
    }
    // Sentences travel on their own, beside the answer.
    for (let waits = 0; waits < 100 && connector.log.length === 0; waits++) await sleep(50);
    expect(connector.log.map(({ message }) => message)).toEqual([expect.stringMatching(/cannot be checked in preview/)]);
  });

  test("create, update, a half-done update that carries its state, read, delete", async () => {
    const one = await connector.check(connectorInputs("1.0.0"));
    expect(one.failures).toEqual([]);
    const made = await connector.create(one.inputs);
    expect(made.id).toBe("prod/a_jdbc");
    expect(made.properties["delivered"]).toEqual({ node1: made.properties["sha256"], node2: made.properties["sha256"] });

    const ref = ({ fileName, sha256, pluginClass, pluginVersion, minVersionTableau, signature }: Record<string, unknown>): Properties => ({
      fileName,
      sha256,
      pluginClass,
      pluginVersion,
      minVersionTableau,
      signature,
    });
    const configInputs = (connectors: Properties[], rest: Properties = {}): Properties => ({
      ...server(),
      connectors,
      ...rest,
      __urn: urn("TableauServerPluginsConfig"),
    });
    const first = await config.check(configInputs([ref(made.properties)]));
    const live = await config.create(first.inputs);
    expect(live.properties["running"]).toMatchObject({ a_jdbc: { version: "1.0.0" } });
    // Nothing differs: the engine is left to compare, and an update changes nothing.
    expect(await config.diff(live.id, live.properties as Properties, first.inputs as Properties)).toEqual({
      changes: undefined,
      replaces: [],
    });

    const two = await connector.check(connectorInputs("2.0.0"), one.inputs);
    const newer = await connector.update(made.id, made.properties, two.inputs);
    const second = await config.check(configInputs([ref(newer)], { rollback: false }), first.inputs);
    await cluster.fault("restart-fails", "once");
    const error = await config
      .update(live.id, live.properties as Properties, second.inputs as Properties)
      .catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ResourceInitFailed);
    expect(error).toMatchObject({ id: "prod/plugins-config", reasons: [expect.stringMatching(/`tsm restart` of prod failed/)] });
    const { properties } = error as ResourceInitFailed;
    expect(properties["loaded"]).toMatch(/^restart due since /);

    const seen = await config.read(live.id, properties, second.inputs);
    expect(seen.inputs["loaded"]).toMatch(/^restart due since /);
    const mended = await config.update(live.id, seen.properties, second.inputs);
    expect(mended["running"]).toMatchObject({ a_jdbc: { version: "2.0.0" } });
    expect((await config.read(live.id, mended as Properties)).inputs["loaded"]).toBe("current");

    await config.delete(live.id, mended);
    await connector.delete(made.id, newer);
    const state = await cluster.state();
    expect(state.nodes.flatMap(({ loaded }) => loaded)).toEqual([]);
    expect((await config.read(live.id, mended as Properties)).id).toBe("");
  });

  test("an activation that is due makes a change of an unchanged program", async () => {
    const { inputs } = await config.check({ ...server(), connectors: [], __urn: urn("TableauServerPluginsConfig") });
    const olds = { ...inputs, activationDue: "1 file changes, 0 key changes, one restart" } as Properties;
    expect((await config.diff("prod/plugins-config", olds, inputs as Properties)).changes).toBe(true);
    expect((await config.diff("prod/plugins-config", olds, { ...inputs, activation: "hold" })).changes).toBeUndefined();
  });
});
