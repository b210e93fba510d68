import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { HostPool } from "../../provider/host/pool";
import { desktopLifecycle } from "../../provider/lifecycle/machine";
import { launcherLifecycle } from "../../provider/lifecycle/launcher";
import type { Lifecycle, Properties } from "../../provider/lifecycle/lifecycle";
import { TrustCache } from "../../provider/lifecycle/trust/trust-cache";
import { desktopLaunch } from "../../provider/machine/plan/desktop-launch";
import { makeTaco, startDesktop, type Desktop, type DesktopOptions, type TacoOptions } from "../../simulator";
import { isWhole } from "./support";

jest.setTimeout(120_000);

let folder: string;
let pool: HostPool;
let desktop: Desktop;
let connector: Lifecycle;
let launcher: Lifecycle;
const said: string[] = [];

async function start(options: Omit<DesktopOptions, "directory">): Promise<void> {
  desktop = await startDesktop({ directory: join(folder, "machine"), ...options });
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "desktop-"));
  pool = new HostPool();
  said.length = 0;
  const note = (_urn: string, sentence: string): void => void said.push(sentence);
  const services = { pool, voice: { say: note, warn: note, progress: note }, cacheDirectory: folder, trust: new TrustCache(folder) };
  connector = desktopLifecycle(services);
  launcher = launcherLifecycle(services);
});
afterEach(async () => {
  pool.close();
  await desktop.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The machine as the resource's constructor splits it. */
function machineOf(rest: Properties = {}): Properties {
  const { name, product, connection } = desktop.machine;
  const { host, port, user, privateKey, hostKey } = connection;
  return {
    machine: { name, product, host, port, user, ...rest },
    credentials: { nodes: { [name]: { privateKey, hostKey, dialErrorLimit: 1 } } },
  };
}

function packageOf(pluginClass: string, pluginVersion: string, options: Partial<TacoOptions> = {}): string {
  const path = join(folder, `${pluginClass}.taco`);
  writeFileSync(path, makeTaco({ class: pluginClass, pluginVersion, ...options }));
  return path;
}

async function inputsOf(source: string, rest: Properties = {}): Promise<Properties> {
  const urn = "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/tableau:TableauDesktopConnector::one";
  const { inputs, failures } = await connector.check({}, { ...machineOf(), source, ...rest, __urn: urn });
  expect(failures).toEqual([]);
  return inputs;
}

async function loaded(args: readonly string[] = []): Promise<string[]> {
  const result = await desktop.launch(args);
  return result.loaded.map(({ class: name, pluginVersion, usable }) => `${name} ${pluginVersion}${usable ? "" : " (refused)"}`).sort();
}

const live = (name = ""): string => desktop.realPath(`${desktop.places.connectors}${name === "" ? "" : `/${name}`}`);

// PULUMI_TABLEAU_SCENARIOS=whole takes each machine and each release; without it each kind comes once.
type Machine = readonly [string, Omit<DesktopOptions, "directory">];
const machines: readonly Machine[] = [
  ["macOS, Prep Builder", { platform: "macos", product: "prep" }],
  ["macOS, a repository of another language", { platform: "macos", repository: "マイ Tableau リポジトリ" }],
  ["Linux, Bridge of a development build", { platform: "linux", repository: "My_Tableau_Bridge_Repository_Beta" }],
  [
    "Windows, Prep Builder, Documents in OneDrive",
    { platform: "windows", product: "prep", documents: "C:/Users/anna/OneDrive - Müller & Söhne/Documents" },
  ],
  [
    "Windows, Documents on another drive",
    { platform: "windows", documents: "D:/Anwender/anna/Dokumente", repository: "Mein Tableau-Repository" },
  ],
  ["Windows, Bridge", { platform: "windows", product: "bridge" }],
];
const plain: readonly Machine[] = [
  ["macOS", { platform: "macos" }],
  ["Linux, Bridge in a container", { platform: "linux" }],
  ["Windows", { platform: "windows" }],
  ["Windows, Prep Builder", { platform: "windows", product: "prep" }],
];

test.each(isWhole ? [...machines, ...plain] : machines)(
  "%s: placed, loaded at the next launch, drift seen and repaired, taken away",
  async (_name, options) => {
    await start(options);
    expect(await loaded()).toEqual([]);
    const inputs = await inputsOf(packageOf("a_jdbc", "1.0.0"));
    expect(desktop.executions()).toBe(0);
    const { id, outs } = await connector.create(inputs);
    expect(outs["folder"]).toBe(desktop.places.connectors);
    expect(said.join("\n")).toMatch(/is running: it loads a_jdbc.taco when you re(launch|start) Tableau/);
    expect(await loaded()).toEqual(["a_jdbc 1.0.0"]);
    expect((await connector.read(id, outs))?.inputs).toEqual(inputs);

    // Nothing differs: nothing is written.
    const before = statSync(live("a_jdbc.taco"));
    await connector.update(id, outs, inputs);
    expect(statSync(live("a_jdbc.taco"))).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs });

    writeFileSync(live("a_jdbc.taco"), "tampered");
    const read = await connector.read(id, outs);
    expect(read?.inputs["placed"]).not.toBe(inputs["sha256"]);
    const next = await inputsOf(packageOf("a_jdbc", "1.1.0"));
    const { outs: after } = await connector.update(id, read?.outs ?? {}, next);
    expect(await loaded()).toEqual(["a_jdbc 1.1.0"]);
    rmSync(live("a_jdbc.taco"));
    expect((await connector.read(id, after))?.inputs["placed"]).toBe("absent");
    await connector.update(id, after, next);
    await connector.delete(id, after);
    expect([await loaded(), readdirSync(live())]).toEqual([[], []]);
  },
);

// Before and after the rule of the highest version.
const versions = isWhole ? ["2019.4", "2020.4", "2021.2", "2022.1", "2022.2", "2024.2", "2025.1"] : ["2020.4", "2022.1", "2022.2"];

describe("a class in two places", () => {
  const rivals = [
    ["the folder", "1.0.0"],
    ["the folder", "2.0.0"],
    ["the folder", "1.5.0"],
    ["the shared folder", "1.0.0"],
    ["the shared folder", "2.0.0"],
    ["the shared folder", "1.5.0"],
  ] as const;
  test.each(versions)("%s: what is said is what is loaded", async (version) => {
    await start({ platform: "windows", version });
    const told: string[] = [];
    for (const [place, rivalVersion] of rivals) {
      const where = place === "the folder" ? desktop.places.connectors : (desktop.places.shared ?? "");
      const rival = `${where}/${rivalVersion === "1.0.0" ? "0" : "z"}_other.taco`;
      mkdirSync(dirname(desktop.realPath(rival)), { recursive: true });
      writeFileSync(desktop.realPath(rival), makeTaco({ class: "a_jdbc", pluginVersion: rivalVersion, vendor: "Other" }));
      const inputs = await inputsOf(packageOf("a_jdbc", "1.5.0"));
      said.length = 0;
      const created = await connector.create(inputs).catch((error: unknown) => String(error));
      const words = `${said.join("\n")}\n${typeof created === "string" ? created : ""}`;
      // Refused or not: put it there, and look at what is loaded.
      mkdirSync(live(), { recursive: true });
      writeFileSync(live("a_jdbc.taco"), readFileSync(join(folder, "a_jdbc.taco")));
      const { loaded: really } = await desktop.launch();
      const ours = really.some(({ file }) => file.endsWith("/a_jdbc.taco"));
      const outcome = /loads a_jdbc.taco 1.5.0 instead/.test(words)
        ? "ours"
        : words.includes("would load that one instead")
          ? "theirs"
          : words.includes("which of the two it loads is undefined")
            ? "chance"
            : words;
      told.push(`${place} ${rivalVersion}: ${outcome}`);
      if (outcome !== "chance") expect([place, rivalVersion, outcome]).toEqual([place, rivalVersion, ours ? "ours" : "theirs"]);
      expect(typeof created === "string").toBe(outcome !== "ours");
      rmSync(desktop.realPath(rival));
      rmSync(live(), { recursive: true });
      await desktop.quit();
    }
    expect(told.filter((one) => one.endsWith("chance"))).toHaveLength(version < "2022.2" ? 3 : 1);
  });

  test("one that appears later is drift, and the way out is told", async () => {
    await start({ platform: "macos" });
    const inputs = await inputsOf(packageOf("a_jdbc", "1.0.0"));
    const { id, outs } = await connector.create(inputs);
    writeFileSync(live("b.taco"), makeTaco({ class: "a_jdbc", pluginVersion: "3.0.0" }));
    const read = await connector.read(id, outs);
    expect(read?.inputs["placed"]).toMatch(
      /^[0-9a-f]{64} hidden: .*b\.taco holds the class a_jdbc too \(version 3\.0\.0\): Tableau Desktop would load that one/,
    );
    await expect(connector.update(id, read?.outs ?? {}, inputs)).rejects.toMatchObject({ code: "plan-refused" });
    rmSync(live("b.taco"));
    expect((await connector.read(id, outs))?.inputs["placed"]).toBe(inputs["sha256"]);
  });
});

test.each(["macos", "windows"] as const)(
  "%s: a package is judged by the product's own trust store before it is placed",
  async (platform) => {
    await start({ platform, cacerts: Buffer.from("-----BEGIN CERTIFICATE-----\n") });
    const inputs = await inputsOf(packageOf("a_jdbc", "1.0.0"));
    expect(said.join()).toContain("Whether Tableau Desktop trusts the signer is open");
    await expect(connector.create(inputs)).rejects.toMatchObject({
      code: expect.stringMatching(/^(package-refused|trust-store-unreadable)$/) as string,
    });
    expect(existsSync(dirname(live()))).toBe(false);
  },
);

test.each(["macos", "windows"] as const)(
  "%s: without the product's trust store nothing is placed, unless the program says so",
  async (platform) => {
    await start({ platform });
    const store = desktop.realPath(`${desktop.places.jre}/lib/security/cacerts`);
    const trustStore = join(folder, "cacerts");
    writeFileSync(trustStore, readFileSync(store));
    rmSync(store);
    const source = packageOf("a_jdbc", "1.0.0");
    await expect(inputsOf(source).then((inputs) => connector.create(inputs))).rejects.toMatchObject({
      code: "trust-store-not-found",
      message: expect.stringMatching(/\(looked for Tableau .*Plugins\/jre\/lib\/security\/cacerts .*\)/) as string,
    });
    expect(existsSync(dirname(live()))).toBe(false);
    await connector.create(await inputsOf(source, { trustStore }));
    expect(said.join("\n")).toContain(`was judged by ${trustStore} alone`);
  },
);

test("a release that is installed, and too old, is refused when it is seen", async () => {
  await start({ platform: "macos", version: "2019.3" });
  await expect(
    inputsOf(packageOf("a_jdbc", "1.0.0"), { requireSignature: false }).then((inputs) => connector.create(inputs)),
  ).rejects.toThrow("Tableau Desktop 2019.3 loads no packaged connectors; they load from 2019.4 on.");
});

test("Windows: a package that the program holds open stays, and the error says what to do", async () => {
  await start({ platform: "windows", openPackages: "locked" });
  const { id, outs } = await connector.create(await inputsOf(packageOf("a_jdbc", "1.0.0")));
  await desktop.launch();
  const next = await inputsOf(packageOf("a_jdbc", "1.1.0"));
  await expect(connector.update(id, outs, next)).rejects.toThrow(
    /a program holds the file open\. The file there is as it was\. Close the Tableau program/,
  );
  expect(await loaded()).toEqual(["a_jdbc 1.0.0"]);
  await desktop.quit();
  await connector.update(id, outs, next);
  expect(await loaded()).toEqual(["a_jdbc 1.1.0"]);
});

test.each([
  ["macos", "/Users/anna/Desktop/Tableau Desktop for connectors.command"],
  ["windows", "C:/Users/anna/Desktop/Tableau Desktop for connectors.cmd"],
] as const)("%s: an unsigned connector loads only by a start with the switches; the launcher's file is kept", async (platform, file) => {
  await start({ platform, verifyPackage: () => undefined });
  const { id, outs } = await connector.create(
    await inputsOf(packageOf("a_jdbc", "1.0.0", { signed: "none" }), { requireSignature: false }),
  );
  expect(await loaded()).toEqual(["a_jdbc 1.0.0 (refused)"]);
  const work = platform === "windows" ? "D:/Work" : "/Users/anna/work";
  const unpacked = desktop.realPath(work);
  mkdirSync(join(unpacked, "mine"), { recursive: true });
  writeFileSync(join(unpacked, "mine/manifest.xml"), "<connector-plugin class='mine' plugin-version='0.0.1'></connector-plugin>");
  const options = { version: "2024.2", connectPluginsPath: work, disableVerifyConnectorPluginSignature: true };
  expect(await loaded(desktopLaunch({ platform, ...options }).args)).toEqual(["a_jdbc 1.0.0", "mine 0.0.1"]);
  expect(await loaded()).toEqual(["a_jdbc 1.0.0 (refused)"]);

  const { version, ...switches } = options;
  const urn = "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/tableau:TableauDesktopLauncher::two";
  const { inputs, failures } = await launcher.check({}, { ...machineOf({ version, platform }), ...switches, __urn: urn });
  expect(failures).toEqual([]);
  const made = await launcher.create(inputs);
  expect(made.outs["file"]).toBe(file);
  const text = readFileSync(desktop.realPath(file), "utf8");
  expect(text).toContain("-DDisableVerifyConnectorPluginSignature=true");
  expect(text.split("\r\n").length - 1).toBe(platform === "windows" ? text.split("\n").length - 1 : 0);
  expect((await launcher.read(made.id, made.outs))?.inputs).toEqual(inputs);
  writeFileSync(desktop.realPath(file), `${text}rem more\r\n`);
  const read = await launcher.read(made.id, made.outs);
  expect(read?.inputs["content"]).toContain("rem more");
  await launcher.update(made.id, read?.outs ?? {}, inputs);
  await launcher.delete(made.id, made.outs);
  expect(existsSync(desktop.realPath(file))).toBe(false);
  await connector.delete(id, outs);
});
