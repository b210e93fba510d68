import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HostPool } from "../../provider/host/pool";
import { driverLifecycle } from "../../provider/lifecycle/driver";
import type { Lifecycle, Properties } from "../../provider/lifecycle/lifecycle";
import { TrustCache } from "../../provider/lifecycle/trust/trust-cache";
import { makeTaco, startDesktop, type Desktop, type DesktopOptions } from "../../simulator";

jest.setTimeout(120_000);

let folder: string;
let pool: HostPool;
let desktop: Desktop;
let driver: Lifecycle;
const said: string[] = [];

async function start(options: Omit<DesktopOptions, "directory">): Promise<void> {
  desktop = await startDesktop({ directory: join(folder, "machine"), ...options });
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "desktop-drivers-"));
  pool = new HostPool();
  said.length = 0;
  const note = (_urn: string, sentence: string): void => void said.push(sentence);
  driver = driverLifecycle({
    pool,
    voice: { say: note, warn: note, progress: note },
    cacheDirectory: folder,
    trust: new TrustCache(folder),
  });
});
afterEach(async () => {
  pool.close();
  await desktop.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A driver that is a zip file, as every jar is. */
function jar(version: string): string {
  const path = join(folder, "a.jar");
  writeFileSync(path, makeTaco({ class: "driver", pluginVersion: version, signed: "none" }));
  return path;
}

async function inputsOf(source: string, { machine: rest = {}, ...more }: Properties = {}): Promise<Properties> {
  const { name, product, connection } = desktop.machine;
  const { host, port, user, privateKey, hostKey } = connection;
  const { inputs, failures } = await driver.check(
    {},
    {
      machine: { name, product, host, port, user, ...(rest as object) },
      credentials: { nodes: { [name]: { privateKey, hostKey, dialErrorLimit: 1 } } },
      source,
      ...more,
      __urn: "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/tableau:TableauDriver::one",
    },
  );
  expect(failures).toEqual([]);
  return inputs;
}

const live = (name = "a.jar"): string => desktop.realPath(`${desktop.places.drivers}/${name}`);
const left = (): string[] => readdirSync(live("."));

const machines: readonly [string, Omit<DesktopOptions, "directory">, string][] = [
  ["macOS", { platform: "macos" }, "/Users/anna/Library/Tableau/Drivers"],
  ["macOS, Prep Builder", { platform: "macos", product: "prep" }, "/Users/anna/Library/Tableau/Drivers"],
  ["Windows", { platform: "windows" }, "C:/Program Files/Tableau/Drivers"],
  ["Windows, Bridge", { platform: "windows", product: "bridge" }, "C:/Program Files/Tableau/Tableau Bridge/Drivers"],
  ["Linux, Bridge in a container", { platform: "linux" }, "/opt/tableau/tableau_driver/jdbc"],
];

test.each(machines)("%s: placed, nothing again, drift seen and repaired, taken away", async (_name, options, place) => {
  await start(options);
  await desktop.launch();
  const source = jar("1");
  const inputs = await inputsOf(source);
  expect(desktop.executions()).toBe(0);
  const { id, outs } = await driver.create(inputs);
  expect([outs["folder"], desktop.places.drivers]).toEqual([place, place]);
  expect(readFileSync(live())).toEqual(readFileSync(source));
  expect(left().sort()).toEqual([".pulumi-tableau.a.jar.owner", "a.jar"]);
  expect(said.join("\n")).toMatch(/is running: it loads a\.jar when you re(launch|start) Tableau/);
  expect((await driver.read(id, outs))?.inputs).toEqual(inputs);

  // Nothing differs: nothing is written, nothing is said.
  const before = statSync(live());
  said.length = 0;
  await driver.diff(id, outs, inputs);
  expect((await driver.update(id, outs, inputs)).outs).toEqual(outs);
  expect(statSync(live())).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs });
  expect(said).toEqual([]);

  writeFileSync(live(), "tampered");
  const read = await driver.read(id, outs);
  expect(read?.inputs["placed"]).toMatch(/^[0-9a-f]{64}$/);
  expect(read?.inputs["placed"]).not.toBe(inputs["sha256"]);
  await driver.diff(id, read?.outs ?? {}, inputs);
  expect(said.join()).toMatch(/^anna differs from the program: [0-9a-f]{8} where the driver a\.jar \(sha256 [0-9a-f]{8}\) is to be/);
  await driver.update(id, read?.outs ?? {}, inputs);
  expect(readFileSync(live())).toEqual(readFileSync(source));
  rmSync(live());
  expect((await driver.read(id, outs))?.inputs["placed"]).toBe("absent");
  const next = await inputsOf(jar("2"));
  const { outs: after } = await driver.update(id, outs, next);
  expect(readFileSync(live())).toEqual(readFileSync(source));
  await driver.delete(id, after);
  expect(left()).toEqual([]);
});

test.each(["macos", "windows"] as const)(
  "%s: somebody else's file is adopted, refused or overwritten, and never removed",
  async (platform) => {
    await start({ platform });
    const source = jar("1");
    mkdirSync(live("."), { recursive: true });
    // Made by root here, where on a Mac it is its user's.
    chmodSync(live("."), 0o777);
    writeFileSync(live(), "theirs");
    writeFileSync(live("b.jar"), "theirs");
    await expect(inputsOf(source).then((inputs) => driver.create(inputs))).rejects.toThrow(
      /Drivers\/a\.jar cannot be placed: a different file of that name .* which this package did not put there\./,
    );
    expect(readFileSync(live(), "utf8")).toBe("theirs");
    const { id, outs } = await driver.create(await inputsOf(source, { overwriteUnmanaged: true }));
    expect(readFileSync(live())).toEqual(readFileSync(source));
    // A renamed resource: created anew first, deleted last.
    said.length = 0;
    const renamed = await driver.create(await inputsOf(source));
    expect(said.join()).toContain("has and keeps a.jar");
    await driver.delete(id, outs);
    expect(existsSync(live())).toBe(true);
    writeFileSync(live(), "mine now");
    await driver.delete(renamed.id, renamed.outs);
    expect(said.join()).toContain("was changed by somebody else and stays there");
    expect(left().sort()).toEqual(["a.jar", "b.jar"]);
  },
);

test.each([
  ["macos", "~/Drivers/own", "/Users/anna/Drivers/own"],
  ["windows", "D:\\Tableau\\Drivers\\", "D:/Tableau/Drivers"],
  ["linux", "/srv/drivers/", "/srv/drivers"],
] as const)("%s: another folder is taken, and the earlier place is left", async (platform, driversDirectory, expected) => {
  await start({ platform });
  const source = jar("1");
  const { id, outs } = await driver.create(await inputsOf(source));
  const { outs: moved } = await driver.update(id, outs, await inputsOf(source, { machine: { driversDirectory } }));
  expect([moved["folder"], left()]).toEqual([expected, []]);
  expect(readFileSync(desktop.realPath(`${expected}/a.jar`))).toEqual(readFileSync(source));
  await driver.delete(id, moved);
  expect(readdirSync(desktop.realPath(expected))).toEqual([]);
});

test("a product that does not exist for the machine's system is refused when it is seen", async () => {
  await start({ platform: "linux" });
  const inputs = await inputsOf(jar("1"), { machine: { product: "desktop" } });
  await expect(driver.create(inputs)).rejects.toThrow("Tableau Desktop does not exist for Linux, only for Windows and macOS.");
  expect(existsSync(live("."))).toBe(false);
});

test("a driver moves from a server to a machine and back", async () => {
  await start({ platform: "macos" });
  const source = jar("1");
  const server = { name: "prod", nodes: [{ name: "node1" }], privilege: "none", stateDirectory: join(folder, "state") };
  const { inputs: there } = await driver.check({}, { server, source, __urn: "urn:pulumi:dev::shop::T::one" });
  const { id, outs } = await driver.create(there);
  const here = await inputsOf(source);
  said.length = 0;
  await driver.diff(id, outs, here);
  expect(said.join()).toContain("is to be among the drivers of Tableau Desktop on anna");
  const { outs: moved } = await driver.update(id, outs, here);
  expect(readFileSync(live())).toEqual(readFileSync(source));
  expect(moved).not.toHaveProperty("delivered");
  said.length = 0;
  await driver.diff(id, moved, there);
  expect(said.join()).toMatch(/a\.jar \([0-9a-f]{8}\) will be uploaded to node1/);
  expect((await driver.update(id, moved, there)).outs).toEqual(outs);
  expect(said.join()).toContain("anna is not contacted any more: /Users/anna/Library/Tableau/Drivers/a.jar stays there.");
  expect(existsSync(live())).toBe(true);
});
