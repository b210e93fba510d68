import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeTaco, type Platform } from "../../simulator";
import { strangeAuthority } from "../../simulator/authority/authorities";
import { buildOf } from "../../simulator/release";
import { javaKeystore, readJavaKeystore, simulatedTrustStore } from "../../simulator/authority/trust-store";
import { nothing, type Program, trustStoreOf, World } from "./support";

const { root } = strangeAuthority();
const pem = `-----BEGIN CERTIFICATE-----\n${root.certificate.toString("base64")}\n-----END CERTIFICATE-----\n`;
const nodes = ["node1", "node2", "node3"];
const simulated = readJavaKeystore(simulatedTrustStore(), "changeit") ?? {};
const platforms: readonly Platform[] = ["linux", "windows"];

describe.each(platforms)("certificates that the Java of a server is to trust, on %s", (platform) => {
  let world: World;
  let strange: string, plain: string, driver: string;
  beforeAll(async () => {
    world = await World.start({ nodes: 3, version: "2024.3", platform });
    strange = world.package("strange_jdbc", "1.0.0", { signed: "untrusted" });
    plain = world.package("a_jdbc", "1.0.0");
    driver = join(world.folder, "a.jar");
    writeFileSync(driver, makeTaco({ class: "driver", pluginVersion: "1", signed: "none" }));
  });
  afterAll(() => world.stop());

  const program = (parts: Partial<Program> = {}): Program => ({
    ...world.program({ strange, plain }),
    drivers: { jdbc: { source: driver } },
    trust: { authority: { certificate: pem, alias: "corporate ca" } },
    ...parts,
  });
  const without = (): Program => ({ ...world.program({ plain }), drivers: { jdbc: { source: driver } } });
  const up = async (wanted: Program): Promise<unknown> => await world.up(wanted);
  const pathOf = (node: string, build?: string): string => trustStoreOf(world.cluster, node, build);
  const store = (node: string, build?: string): Record<string, Buffer> =>
    readJavaKeystore(readFileSync(pathOf(node, build)), "changeit") ?? {};
  const upgrade = async (release: string): Promise<void> => {
    await world.cluster.upgrade(release);
    world.reconnect();
  };

  test("go live with connectors, a driver and keys, a secret one among them, in one restart, twice is nothing, and leave in one", async () => {
    const keys = { "gateway.timeout": "7201", "oauth.config.clients": '[{"secret":"Tr0ub4dor"}]' };
    const wanted = (): Program => ({ ...program(), config: { keys } });
    expect(await up(wanted())).toMatchObject({ restarts: 1 });
    for (const node of nodes) expect(store(node)).toEqual({ ...simulated, "corporate ca": root.certificate });
    expect(await world.loaded()).toEqual(nodes.map(() => ["a_jdbc 1.0.0", "strange_jdbc 1.0.0"]));
    expect((await world.cluster.state()).applied).toMatchObject(keys);
    expect(await up(wanted())).toEqual(nothing);
    expect(await world.cost(() => world.stack().refresh())).toEqual(nothing);
    expect(await up(wanted())).toEqual(nothing);
    const foreign = { ...store("node2"), "somebody else": strangeAuthority().issuing.certificate };
    writeFileSync(pathOf("node2"), javaKeystore(foreign));
    expect(await up(without())).toMatchObject({ restarts: 1 });
    expect((await world.cluster.state()).applied).not.toHaveProperty(["oauth.config.clients"]);
    expect([store("node1"), store("node3")]).toEqual([simulated, simulated]);
    expect(store("node2")).toEqual({ ...simulated, "somebody else": strangeAuthority().issuing.certificate });
    expect(await up(without())).toEqual(nothing);
    expect([JSON.stringify(world.pool.ran), ...world.said].filter((text) => text.includes("Tr0ub4dor"))).toEqual([]);
    expect(await world.cost(() => world.stack().destroy())).toMatchObject({ restarts: 1 });
  });

  test("are drift where somebody takes them away, named by node and repository, and destroy takes ours alone", async () => {
    writeFileSync(pathOf("node2"), simulatedTrustStore());
    expect(await up(program())).toMatchObject({ restarts: 1, applies: 0 });
    writeFileSync(pathOf("node2"), simulatedTrustStore());
    expect(await world.stack().refresh()).toMatchObject({ steps: { config: "refresh" }, errors: [] });
    expect(world.stack().get("config")?.inputs["trusted"]).toEqual({ node2: { [`repository.${buildOf("2024.3")}`]: "absent" } });
    world.said.length = 0;
    await world.stack().preview(program());
    expect(world.said.join("\n")).toMatch(
      /Drift on \w+: in the trust store of repository\.\S+ on node2 what it is to trust is absent\. .*restarts/s,
    );
    expect(await up(program())).toMatchObject({ restarts: 1 });
    expect(store("node2")).toHaveProperty(["corporate ca"]);
    expect(await world.cost(async () => expect(await world.stack().destroy()).toMatchObject({ errors: [] }))).toMatchObject({
      restarts: 1,
    });
    expect(nodes.map((node) => store(node))).toEqual([simulated, simulated, simulated]);
  });

  test("of a new release: without an import before the upgrade it is drift and one restart, with one it is neither", async () => {
    await up(program());
    await upgrade("2025.1");
    expect(await world.stack().refresh()).toMatchObject({ errors: [] });
    const absent = { [`repository.${buildOf("2025.1")}`]: "absent" };
    expect(world.stack().get("config")?.inputs["trusted"]).toEqual({ node1: absent, node2: absent, node3: absent });
    expect(await up(program())).toMatchObject({ restarts: 1 });
    expect(await world.loaded()).toEqual(nodes.map(() => ["a_jdbc 1.0.0", "strange_jdbc 1.0.0"]));

    await world.cluster.layRelease("2025.3");
    await world.stack().refresh();
    const idle = { [`repository.${buildOf("2025.3")}`]: "absent, not in use" };
    expect(world.stack().get("config")?.inputs["trusted"]).toEqual({ node1: idle, node2: idle, node3: idle });
    expect(await up(program())).toMatchObject({ restarts: 0, applies: 0 });
    expect(store("node3", buildOf("2025.3"))).toHaveProperty(["corporate ca"]);
    await upgrade("2025.3");
    expect(await world.loaded()).toEqual(nodes.map(() => ["a_jdbc 1.0.0", "strange_jdbc 1.0.0"]));
    expect(await world.stack().refresh()).toMatchObject({ errors: [], steps: { config: "same" } });
    expect(await up(program())).toEqual(nothing);
  });
});

test.each(platforms)("on %s a store with a password of its own is changed with it, and refused without", async (platform) => {
  const cacerts = javaKeystore(simulated, "Tr0ub4dor & 3");
  const world = await World.start({ nodes: 1, version: "2024.3", platform, cacerts });
  try {
    const source = world.package("strange_jdbc", "1.0.0", { signed: "untrusted" });
    const trust = { authority: { certificate: pem, alias: "corporate ca" } };
    const program = (config: Program["config"] = {}): Program => ({ ...world.program({ strange: source }, config), trust });
    expect((await world.stack().up(program())).errors).toEqual([
      expect.stringMatching(/\[node1\] \S.*cacerts cannot be used: the password is wrong.*trustPassword/s),
    ]);
    expect(readFileSync(trustStoreOf(world.cluster, "node1"))).toEqual(cacerts);
    const cost = await world.up(program({ trustPassword: "Tr0ub4dor & 3" }));
    expect(cost).toMatchObject({ restarts: 1 });
    expect(readJavaKeystore(readFileSync(trustStoreOf(world.cluster, "node1")), "Tr0ub4dor & 3")).toHaveProperty(["corporate ca"]);
    expect([JSON.stringify(world.pool.ran), ...world.said].filter((text) => text.includes("Tr0ub4dor"))).toEqual([]);
  } finally {
    await world.stop();
  }
});
