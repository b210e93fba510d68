import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { rootCertificates } from "node:tls";
import { doctor } from "../../provider/cli/doctor";
import { verifyOnSimulatedNode } from "../../provider/cli/simulate-daemon";
import type { UpgradeForecast, UpgradeRow } from "../../provider/lifecycle/upgrade/foresee-upgrade";
import { connectPluginsPathKey, disableVerifyKey } from "../../provider/vocabulary/keys";
import { makeTaco, startCluster, type Cluster, type ClusterState, type Platform, type TacoOptions } from "../../simulator";
import { writeConnectorFolder } from "./support/connector-folder";
import { isWhole } from "./support";

interface Placed {
  readonly folder: "shared" | "vizqlserver" | "flowprocessor" | "path";
  readonly name: string;
  readonly taco: Partial<TacoOptions> & { readonly class: string };
  readonly mode?: number;
}

const packages: readonly Placed[] = [
  { folder: "shared", name: "good.taco", taco: { class: "good" } },
  { folder: "shared", name: "root.taco", taco: { class: "root", signed: "root-embedded" } },
  { folder: "shared", name: "unsigned.taco", taco: { class: "unsigned", signed: "none" } },
  { folder: "shared", name: "fake.taco", taco: { class: "fake", signed: "fake" } },
  { folder: "shared", name: "untimed.taco", taco: { class: "untimed", signed: "untimestamped" } },
  { folder: "shared", name: "untrusted.taco", taco: { class: "untrusted", signed: "untrusted" } },
  { folder: "shared", name: "needs-2021-2.taco", taco: { class: "needs212", minVersionTableau: "2021.2" } },
  { folder: "shared", name: "needs-2025-1.taco", taco: { class: "needs251", minVersionTableau: "2025.1" } },
  { folder: "shared", name: "needs-2099-1.taco", taco: { class: "needs991", minVersionTableau: "2099.1" } },
  // Two of one class: the older is found first, and the newer is found first.
  { folder: "shared", name: "m-old.taco", taco: { class: "m", pluginVersion: "1.0" } },
  { folder: "shared", name: "n-new.taco", taco: { class: "m", pluginVersion: "2.0" } },
  { folder: "shared", name: "p-new.taco", taco: { class: "p", pluginVersion: "2.0" } },
  { folder: "shared", name: "q-old.taco", taco: { class: "p", pluginVersion: "1.0" } },
  // One version, other bytes; and the same bytes twice.
  { folder: "shared", name: "equal-1.taco", taco: { class: "equal", vendor: "One" } },
  { folder: "shared", name: "equal-2.taco", taco: { class: "equal", vendor: "Two" } },
  { folder: "shared", name: "same-1.taco", taco: { class: "same" } },
  { folder: "shared", name: "same-2.taco", taco: { class: "same" } },
  // A refused one that wins all the same.
  { folder: "shared", name: "r-good.taco", taco: { class: "r", pluginVersion: "1.0" } },
  { folder: "shared", name: "s-root.taco", taco: { class: "r", pluginVersion: "2.0", signed: "root-embedded" } },
  // Found in two places, in the order of each process.
  { folder: "shared", name: "t.taco", taco: { class: "t", pluginVersion: "1.0" } },
  { folder: "vizqlserver", name: "t.taco", taco: { class: "t", pluginVersion: "2.0" } },
  { folder: "shared", name: "u.taco", taco: { class: "u", pluginVersion: "2.0" } },
  { folder: "path", name: "u.taco", taco: { class: "u", pluginVersion: "1.0" } },
  { folder: "flowprocessor", name: "v.taco", taco: { class: "v", signed: "root-embedded" } },
  { folder: "path", name: "w.taco", taco: { class: "w" } },
  { folder: "path", name: "x.taco", taco: { class: "x", minVersionTableau: "2023.1" } },
  { folder: "shared", name: "closed.taco", taco: { class: "closed" }, mode: 0o600 },
];

/** From, to, the key that turns verification off, the nodes' system. */
type Upgrade = readonly [string, string, "verified" | "not verified", Platform];
// Among them every rule changes once: signatures, the shared folder, the highest version, the authority's own certificate.
const sample: readonly Upgrade[] = [
  ["2019.4", "2020.1", "verified", "linux"],
  ["2021.1", "2025.2", "verified", "linux"],
  ["2020.4", "2024.2", "not verified", "windows"],
];
// With PULUMI_TABLEAU_SCENARIOS=whole each alone, too.
const whole: readonly Upgrade[] = [
  ["2021.1", "2021.2", "verified", "linux"],
  ["2022.1", "2022.2", "verified", "linux"],
  ["2024.3", "2025.1", "verified", "linux"],
  ["2024.3", "2025.1", "not verified", "linux"],
  ["2021.1", "2025.1", "verified", "windows"],
];
const upgrades = isWhole ? [...sample, ...whole] : sample;

describe("doctor --upgrade-to", () => {
  let directory = "";
  let cluster: Cluster;
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), "upgrade-"))));
  afterEach(async () => {
    await cluster.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  async function start(version: string, platform: Platform = "linux"): Promise<void> {
    const own = { directory: join(directory, "cluster"), nodes: 2, transport: "builtin", jobMilliseconds: 2 } as const;
    cluster = await startCluster({ ...own, version, platform, verifyPackage: verifyOnSimulatedNode });
    writeFileSync(join(directory, "server.json"), JSON.stringify(cluster.server));
  }

  async function ask(release: string, ...more: string[]): Promise<{ status: number; out: string; err: string }> {
    const printed = { out: "", err: "" };
    const output = { out: (text: string) => void (printed.out += text), err: (text: string) => void (printed.err += text) };
    const status = await doctor.run(["--upgrade-to", release, "--server-file", join(directory, "server.json"), ...more], output);
    return { status, ...printed };
  }

  const forecast = async (release: string, ...more: string[]): Promise<UpgradeForecast> =>
    JSON.parse((await ask(release, "--json", ...more)).out) as UpgradeForecast;

  const silent = { out: () => undefined, err: () => undefined };

  async function setKeys(keys: Readonly<Record<string, string>>): Promise<void> {
    for (const [key, value] of Object.entries(keys)) await cluster.tsm(["configuration", "set", "-k", key, "-v", value, "--force-keys"]);
    await cluster.tsm(["pending-changes", "apply", "--ignore-prompt"]);
  }

  function folderOf(folder: Placed["folder"], platform: Platform): string {
    const data = platform === "windows" ? "C:/ProgramData/Tableau/Tableau Server" : "/var/opt/tableau/tableau_server";
    if (folder === "shared") return cluster.paths.connectors;
    if (folder === "path") return platform === "windows" ? "C:/more connectors" : "/opt/tableau/more";
    return `${data}/data/tabsvc/${folder}/Connectors`;
  }

  function put(node: string, path: string, bytes: Buffer, mode = 0o644): void {
    const here = cluster.nodePath(node, path);
    mkdirSync(dirname(here), { recursive: true, mode: 0o755 });
    writeFileSync(here, bytes);
    chmodSync(here, mode);
  }

  test.each(upgrades)("from %s to %s, signatures %s, on %s: it says what the server then loads", async (from, to, signatures, platform) => {
    await start(from, platform);
    for (const node of ["node1", "node2"]) {
      for (const { folder, name, taco, mode } of packages) {
        // node2 has not everything.
        if (node === "node2" && ["good", "m", "t"].includes(taco.class)) continue;
        const bytes = makeTaco({ pluginVersion: "1.0", ...taco });
        put(node, `${folderOf(folder, platform)}/${name}`, bytes, platform === "windows" ? undefined : mode);
      }
      writeConnectorFolder(cluster.nodePath(node, `${folderOf("path", platform)}/dev`), "1.0", "file");
    }
    await setKeys({
      [connectPluginsPathKey]: folderOf("path", platform),
      ...(signatures === "verified" ? {} : { [disableVerifyKey]: "true" }),
    });
    const told = await forecast(to);
    const before = await inBothOrders();
    await cluster.upgrade(to);
    const after = await inBothOrders();
    expect(byContent(told.rows)).toEqual(fatesOf(before, after));
  });

  // Where the order within a folder decides, nobody knows: the simulator's is a switch.
  async function inBothOrders(): Promise<ClusterState[]> {
    const states: ClusterState[] = [];
    for (const order of ["reverse-name", "name"] as const) {
      await cluster.switch("folderOrder", order);
      await cluster.tsm(["restart"]);
      states.push(await cluster.state());
    }
    return states;
  }

  test("prints one table, what stops first, with what to do, and ends with 1", async () => {
    await start("2024.3");
    for (const node of ["node1", "node2"]) {
      put(node, "/opt/tableau/connectors/good.taco", makeTaco({ class: "good", pluginVersion: "1.0" }));
      put(node, "/opt/tableau/connectors/root.taco", makeTaco({ class: "root", pluginVersion: "1.0", signed: "root-embedded" }));
      put(node, "/opt/tableau/tableau_driver/jdbc/driver.jar", Buffer.from("a driver"));
    }
    put("node2", "/opt/tableau/connectors/broken.taco", Buffer.from("no package"));
    const { status, out } = await ask("2025.1");
    expect([status, out]).toMatchSnapshot();
    await cluster.upgrade("2025.1");
    expect((await cluster.state()).nodes.map(({ loaded }) => loaded.filter(({ usable }) => usable).map((one) => one.class))).toEqual([
      ["good"],
      ["good"],
    ]);
  });

  test("judges by the trust store of the new release and its JRE's list of disabled algorithms, or by the one that is given", async () => {
    await start("2024.3");
    for (const node of ["node1", "node2"]) put(node, "/opt/tableau/connectors/a.taco", makeTaco({ class: "a", pluginVersion: "1.0" }));
    await cluster.tsm(["restart"]);
    for (const [args, text] of [
      [["--upgrade-to", "2024.2"], "takes a later release"],
      [["--upgrade-to", "soon"], "expected a release"],
      [["--trust-store", "x"], "--trust-store is for --upgrade-to"],
      [["--upgrade-to", "2025.1", "--trust-store", "missing"], "missing"],
    ] as const) {
      await expect(doctor.run([...args, "--server-file", join(directory, "server.json")], silent)).rejects.toThrow(text);
    }
    const empty = join(directory, "other.pem");
    writeFileSync(empty, rootCertificates[0] ?? "");
    const { status, out } = await ask("2025.1", "--trust-store", empty);
    expect([status, out.startsWith("simulated: Tableau Server 2024.3, to be upgraded to 2025.1.\n\nSTOPS")]).toEqual([1, true]);
    const { trustStore } = await cluster.layRelease("2025.1");
    const stateBy = async (): Promise<string[]> =>
      (await forecast("2025.1", "--trust-store", trustStore)).rows.map(({ state, name }) => `${state} ${name}`);
    expect(await stateBy()).toEqual(["keeps a.taco"]);
    const settings = join(dirname(trustStore), "../../conf/security/java.security");
    writeFileSync(settings, "jdk.jar.disabledAlgorithms=SHA256\njdk.certpath.disabledAlgorithms=MD5\njdk.security.legacyAlgorithms=MD5\n");
    expect(await stateBy()).toEqual(["stops a.taco"]);
    await cluster.upgrade("2025.1");
    expect((await cluster.state()).nodes[0]?.loaded).toMatchObject([{ class: "a", usable: false }]);
  });
});

type Fate = "stops" | "starts" | "note" | "keeps";

// The same bytes under two names are one package.
function byContent(rows: readonly UpgradeRow[]): Record<string, Fate> {
  const fates: Record<string, Fate> = {};
  for (const { kind, plugin, sha256, nodes, state } of rows) {
    if (kind === "connector") for (const node of nodes) fates[`${node} ${plugin} ${sha256 ?? ""}`] = state;
  }
  return fates;
}

/** What became of each package, by what each process could use: in every order, in some, or in none. */
function fatesOf(before: readonly ClusterState[], after: readonly ClusterState[]): Record<string, Fate> {
  const [was, is] = [usesOf(before), usesOf(after)];
  const fates: Record<string, Fate> = {};
  for (const one of new Set([...foundIn(before), ...foundIn(after)])) {
    const pairs = [...new Set([...(was.get(one)?.keys() ?? []), ...(is.get(one)?.keys() ?? [])])].map((process) => ({
      now: was.get(one)?.get(process) ?? 0,
      then: is.get(one)?.get(process) ?? 0,
    }));
    const lost = pairs.some(({ now, then }) => now > 0 && then < 2 && !(now === 1 && then === 1));
    const kept = pairs.some(({ now, then }) => now > 0 && then === 2);
    const chance = pairs.some(({ now }) => now === 1);
    const gained = pairs.some(({ then }) => then > 0);
    fates[one] = lost ? "stops" : kept ? "keeps" : chance ? "note" : gained ? "starts" : "note";
  }
  return fates;
}

// Of each package on each node, by process: in how many of the two orders it can be used.
function usesOf(states: readonly ClusterState[]): Map<string, Map<string, number>> {
  const uses = new Map<string, Map<string, number>>();
  for (const { nodes } of states) {
    for (const { name, loaded } of nodes) {
      for (const one of loaded.filter(({ usable }) => usable)) {
        const key = `${name} ${one.class} ${one.pluginVersion} ${one.sha256}`;
        const processes = uses.get(key) ?? new Map<string, number>();
        for (const process of one.processes) processes.set(process, (processes.get(process) ?? 0) + 1);
        uses.set(key, processes);
      }
    }
  }
  return uses;
}

// Every package that lies in a folder of connectors, by what `packages` says is in it.
function foundIn(states: readonly ClusterState[]): string[] {
  const known = new Map(
    states.flatMap(({ nodes }) => nodes.flatMap(({ loaded }) => loaded.map((one) => [one.sha256, `${one.class} ${one.pluginVersion}`]))),
  );
  for (const { taco } of packages) {
    const bytes = makeTaco({ pluginVersion: "1.0", ...taco });
    known.set(createHash("sha256").update(bytes).digest("hex"), `${taco.class} ${taco.pluginVersion ?? "1.0"}`);
  }
  return states.flatMap(({ nodes }) =>
    nodes.flatMap(({ name, files, loaded }) => [
      ...files.filter(({ path }) => path.endsWith(".taco")).map(({ sha256 }) => `${name} ${known.get(sha256) ?? "?"} ${sha256}`),
      ...loaded.map((one) => `${name} ${one.class} ${one.pluginVersion} ${one.sha256}`),
    ]),
  );
}
