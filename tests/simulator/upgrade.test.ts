import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { attachCluster, makeTaco, startCluster, type Cluster, type ClusterOptions, type Platform } from "../../simulator";
import { buildOf } from "../../simulator/release";
import { place, pluginsPath, ssh, temporaryFolder } from "./support";

const shared: Readonly<Record<Platform, string>> = { linux: "/opt/tableau/connectors", windows: "C:/Program Files/Tableau/Connectors" };
const platforms: readonly Platform[] = ["linux", "windows"];

describe("an upgrade of the simulated server", () => {
  let directory = "";
  let cluster: Cluster;
  beforeEach(() => (directory = temporaryFolder()));
  afterEach(async () => {
    await cluster.stop();
    rmSync(directory, { recursive: true, force: true });
  });
  const start = async (options: Partial<ClusterOptions>): Promise<void> => {
    cluster = await startCluster({ directory, nodes: 2, transport: "builtin", jobMilliseconds: 5, version: "2024.3", ...options });
  };
  const loaded = async (): Promise<[string, string, boolean][]> =>
    (await cluster.state()).nodes.flatMap(({ name, loaded: all }) =>
      all.map((one): [string, string, boolean] => [name, one.class, one.usable]),
    );

  test.each(platforms)("%s: it keeps keys, pending changes and connectors, and counts no restart", async (platform) => {
    await start({ platform });
    for (const node of ["node1", "node2"]) {
      place(cluster, node, `${shared[platform]}/a.taco`, makeTaco({ class: "a", pluginVersion: "1.0" }));
    }
    await cluster.tsm(["configuration", "set", "-k", pluginsPath, "-v", "/x", "--force-keys"]);
    await cluster.tsm(["pending-changes", "apply", "--ignore-prompt"]);
    await cluster.tsm(["configuration", "set", "-k", "gateway.timeout", "-v", "1"]);
    const before = await cluster.state();
    await cluster.upgrade("2025.1");
    const after = await cluster.state();
    expect(after).toMatchObject({ version: "2025.1", build: buildOf("2025.1"), status: "RUNNING" });
    expect([after.applied, after.pending, after.restarts, after.stops]).toEqual([before.applied, before.pending, 1, 0]);
    expect(await loaded()).toEqual([
      ["node1", "a", true],
      ["node2", "a", true],
    ]);
    expect((await cluster.tsm(["version"])).stdout).toContain(buildOf("2025.1"));
  });

  test.each(platforms)("%s: a release that is only laid is not used, and its own trust store is", async (platform) => {
    await start({ platform });
    const before = cluster.trustStore;
    const { trustStore } = await cluster.layRelease("2025.1", { cacerts: Buffer.from("the new one") });
    expect((await cluster.state()).version).toBe("2024.3");
    expect([cluster.trustStore, trustStore === before]).toEqual([before, false]);
    expect(readFileSync(trustStore, "utf8")).toBe("the new one");
    writeFileSync(trustStore, "imported");
    await cluster.upgrade("2025.1");
    expect([cluster.trustStore, readFileSync(trustStore, "utf8"), existsSync(before)]).toEqual([trustStore, "imported", true]);
  });

  test("the rules of the new release count", async () => {
    await start({ version: "2022.1" });
    place(cluster, "node1", "/opt/tableau/connectors/a.taco", makeTaco({ class: "a", pluginVersion: "1.0" }));
    place(cluster, "node1", "/opt/tableau/connectors/b.taco", makeTaco({ class: "a", pluginVersion: "2.0" }));
    place(cluster, "node1", "/opt/tableau/connectors/c.taco", makeTaco({ class: "c", pluginVersion: "1.0", minVersionTableau: "2022.2" }));
    const versions = async (): Promise<string[]> =>
      (await cluster.state()).nodes.flatMap((node) => node.loaded.map((one) => `${one.class} ${one.pluginVersion}`)).sort();
    await cluster.tsm(["restart"]);
    expect(await versions()).toEqual(["a 1.0"]);
    await cluster.upgrade("2022.2");
    expect(await versions()).toEqual(["a 2.0", "c 1.0"]);
  });

  test("a login shell finds the tsm of the new release, and the old one reaches no controller", async () => {
    await start({ nodes: 1 });
    const [node] = cluster.nodes;
    await cluster.upgrade("2025.1");
    const old = `/opt/tableau/tableau_server/packages/customer-bin.${buildOf("2024.3")}/tsm`;
    expect((await ssh(node, "bash -lc 'tsm version'")).stdout).toContain(buildOf("2025.1"));
    expect((await ssh(node, `${old} version`)).status).toBe(1);
  });

  test("a stopped server stays stopped, and another start of the cluster goes on with the new release", async () => {
    await start({ running: false, nodes: 1 });
    await cluster.upgrade("2025.1");
    expect(await cluster.state()).toMatchObject({ version: "2025.1", status: "STOPPED" });
    await cluster.stop();
    cluster = await startCluster({ directory });
    expect(await cluster.state()).toMatchObject({ version: "2025.1", build: buildOf("2025.1"), status: "STOPPED" });
  });

  test("another process can have it done", async () => {
    await start({ nodes: 1 });
    const attached = await attachCluster(directory);
    await attached.layRelease("2025.1");
    expect((await attached.state()).version).toBe("2024.3");
    expect(await attached.upgrade("2025.1")).toMatchObject({ version: "2025.1", trustStore: cluster.trustStore });
  });

  test.each([
    ["2024.3", "is not later than"],
    ["2023.1", "is not later than"],
    ["25", "is no release"],
  ])("to %s: refused", async (version, text) => {
    await start({ nodes: 1, platform: "windows" });
    await expect(cluster.upgrade(version)).rejects.toThrow(text);
  });
});
