import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Properties } from "../../../provider/lifecycle/lifecycle";
import { makeTaco } from "../../../simulator";
import { Home } from "./support";

jest.setTimeout(60_000);

const digest = (path: string): string => createHash("sha256").update(readFileSync(path)).digest("hex");

describe.each([
  ["Darwin", {}, "Documents/My Tableau Repository/Connectors"],
  ["Darwin", { product: "prep" }, "Documents/My Tableau Prep Repository/Connectors"],
  ["Linux", { product: "bridge" }, "Documents/My_Tableau_Bridge_Repository/Connectors"],
] as const)("%s %j", (system, rest, folder) => {
  const machine = { name: "anna", ...rest };
  let home: Home;
  let live: string;
  beforeEach(() => {
    home = new Home(system);
    live = join(home.folder, folder);
  });
  afterEach(() => home.remove());
  const create = async (inputs: Properties): Promise<{ id: string; outs: Properties }> => home.lifecycle.create(inputs);

  test("a package goes in its place, drift shows, update repairs it, delete takes it away", async () => {
    const source = home.package("a_jdbc", "1.0.0");
    const inputs = await home.inputs(source, { machine });
    expect(inputs).toMatchObject({ placed: digest(source), fileName: "a_jdbc.taco", pluginVersion: "1.0.0" });
    const { id, outs } = await create(inputs);
    expect(outs).toMatchObject({ folder: live });
    expect([digest(join(live, "a_jdbc.taco")), statSync(join(live, "a_jdbc.taco")).mode & 0o777]).toEqual([digest(source), 0o644]);
    expect(readdirSync(live).sort()).toEqual([".pulumi-tableau.a_jdbc.taco.owner", "a_jdbc.taco"]);
    expect((await home.lifecycle.read(id, outs))?.inputs).toMatchObject({ placed: digest(source) });

    writeFileSync(join(live, "a_jdbc.taco"), "tampered");
    const read = await home.lifecycle.read(id, outs);
    expect(read?.inputs["placed"]).toBe(digest(join(live, "a_jdbc.taco")));
    home.said.length = 0;
    await home.lifecycle.diff(id, read?.outs ?? {}, inputs);
    expect(home.said.join()).toMatch(/^anna differs from the program: [0-9a-f]{8} where a_jdbc.taco/);
    await home.lifecycle.update(id, read?.outs ?? {}, inputs);
    expect(digest(join(live, "a_jdbc.taco"))).toBe(digest(source));

    rmSync(join(live, "a_jdbc.taco"));
    expect((await home.lifecycle.read(id, outs))?.inputs["placed"]).toBe("absent");
    const { outs: again } = await home.lifecycle.update(id, outs, inputs);
    await home.lifecycle.delete(id, again);
    expect(readdirSync(live)).toEqual([]);
  });

  test("a new version and a new name replace the file, and nothing of the old one stays", async () => {
    const { id, outs } = await create(await home.inputs(home.package("a_jdbc", "1.0.0"), { machine }));
    const next = await home.inputs(home.package("a_jdbc", "0.9.0"), { machine, fileName: "other.taco" });
    const { outs: after } = await home.lifecycle.update(id, outs, next);
    expect(readdirSync(live).sort()).toEqual([".pulumi-tableau.other.taco.owner", "other.taco"]);
    await home.lifecycle.delete(id, after);
    expect(readdirSync(live)).toEqual([]);
  });

  test("an identical file is adopted, a different one is refused until it may be overwritten", async () => {
    const source = home.package("a_jdbc", "1.0.0");
    mkdirSync(live, { recursive: true });
    writeFileSync(join(live, "a_jdbc.taco"), readFileSync(source));
    const before = statSync(join(live, "a_jdbc.taco"));
    await create(await home.inputs(source, { machine }));
    expect(statSync(join(live, "a_jdbc.taco"))).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs });
    writeFileSync(join(live, "b_jdbc.taco"), makeTaco({ class: "b_jdbc", pluginVersion: "9" }));
    const b = home.package("b_jdbc", "1.0.0");
    await expect(home.inputs(b, { machine }, "b").then(create)).rejects.toMatchObject({
      code: "plan-refused",
      message: expect.stringContaining("which this package did not put there") as string,
    });
    await create(await home.inputs(b, { machine, overwriteUnmanaged: true }, "b"));
    expect(digest(join(live, "b_jdbc.taco"))).toBe(digest(b));
  });

  test("a renamed resource loses no file, and what somebody changed is left alone", async () => {
    const source = home.package("a_jdbc", "1.0.0");
    const { id, outs } = await create(await home.inputs(source, { machine }, "old"));
    // A new version under a new name of the resource: the engine creates first and deletes last.
    home.nextRun();
    const newer = await create(await home.inputs(home.package("a_jdbc", "2.0.0"), { machine }, "new"));
    await home.lifecycle.delete(id, outs);
    expect(existsSync(join(live, "a_jdbc.taco"))).toBe(true);
    writeFileSync(join(live, "a_jdbc.taco"), "mine now");
    await home.lifecycle.delete(newer.id, newer.outs);
    expect(readFileSync(join(live, "a_jdbc.taco"), "utf8")).toBe("mine now");
    expect(home.said.join()).toContain("was changed by somebody else and stays there");
  });

  test("two resources for one file are refused in preview, both named; for two files, or two products, they are not", async () => {
    const source = home.package("a_jdbc", "1.0.0");
    await home.inputs(source, { machine }, "first");
    await expect(home.inputs(source, { machine }, "second")).rejects.toThrow(
      /^fileName: is the file of two resources, "first" and "second" \(a_jdbc\.taco in the usual folder of \w+ on this machine\): remove one/,
    );
    home.nextRun();
    await home.inputs(source, { machine }, "first");
    await home.inputs(source, { machine, fileName: "b_jdbc.taco" }, "second");
    await home.inputs(source, { machine: { ...machine, repository: "/elsewhere" } }, "third");
    await home.inputs(source, { machine: { ...machine, host: "anna.example.com", user: "anna" } }, "fourth");
    await expect(
      home.inputs(source, { machine: { ...machine, host: "ANNA.example.com", user: "anna", port: 22 } }, "fifth"),
    ).rejects.toThrow('"fourth" and "fifth" (a_jdbc.taco in the usual folder');
  });

  test("another stack's file is not overwritten", async () => {
    await create(await home.inputs(home.package("a_jdbc", "1.0.0"), { machine }));
    const other = await home.inputs(home.package("a_jdbc", "2.0.0"), { machine });
    const urn = String(other["__urn"]).replace("dev", "prod");
    await expect(create({ ...other, __urn: urn })).rejects.toThrow("which the stack shop/dev put there");
  });
});

describe("the repository", () => {
  let home: Home;
  afterEach(() => home.remove());
  const folderOf = async (machine: Properties): Promise<unknown> => {
    const inputs = await home.inputs(home.package("a_jdbc", "1.0.0"), { machine: { name: "anna", ...machine } });
    const { outs } = await home.lifecycle.create(inputs);
    return String(outs["folder"]).replace(`${home.folder}/`, "");
  };

  test.each([
    ["Darwin", {}, ["Documents/Mein Tableau-Repository/Preferences.tps"], "Documents/Mein Tableau-Repository/Connectors"],
    ["Darwin", {}, ["Documents/マイ Tableau リポジトリ/Preferences.tps"], "Documents/マイ Tableau リポジトリ/Connectors"],
    [
      "Darwin",
      {},
      ["Documents/Alt/Preferences.tps", "Documents/My Tableau Repository/Preferences.tps"],
      "Documents/My Tableau Repository/Connectors",
    ],
    ["Darwin", { repository: "~/Datei ablage" }, [], "Datei ablage/Connectors"],
    [
      "Linux",
      { product: "bridge" },
      ["Documents/My_Tableau_Bridge_Repository_Beta/x"],
      "Documents/My_Tableau_Bridge_Repository_Beta/Connectors",
    ],
  ])("%s %j with %j is %s", async (system, machine, files, expected) => {
    home = new Home(system as "Darwin" | "Linux");
    for (const file of files) {
      mkdirSync(join(home.folder, file, ".."), { recursive: true });
      writeFileSync(join(home.folder, file), "");
    }
    expect(await folderOf(machine)).toBe(expected);
  });

  test("two that could be meant are told", async () => {
    home = new Home("Linux");
    for (const name of ["My_Tableau_Bridge_Repository", "My_Tableau_Bridge_Repository_Beta"]) {
      mkdirSync(join(home.folder, "Documents", name), { recursive: true });
    }
    expect(await folderOf({ product: "bridge" })).toBe("Documents/My_Tableau_Bridge_Repository/Connectors");
    expect(home.said.join()).toContain("My_Tableau_Bridge_Repository_Beta could be meant too; `machine.repository` names the right one.");
  });

  test("a product that does not exist for the machine's system is refused", async () => {
    home = new Home("Linux");
    await expect(folderOf({})).rejects.toThrow("Tableau Desktop does not exist for Linux, only for Windows and macOS.");
    expect(existsSync(join(home.folder, "Documents"))).toBe(false);
  });
});

test("everything wrong with a machine is told at once", async () => {
  const home = new Home("Linux");
  try {
    const failuresOf = async (machine: Properties): Promise<string[]> =>
      (
        await home.lifecycle.check({}, { machine, source: home.package("a_jdbc", "1.0.0"), requireSignature: false, __urn: "u" })
      ).failures.map(({ property, reason }) => `${property}: ${reason}`);
    expect(await failuresOf({ product: "reader", version: "next", repository: "relative", host: "h h", platform: "amiga" })).toEqual([
      "machine.name: is missing: expected a text",
      'machine.product: expected one of "desktop", "prep", "bridge", got "reader"',
      'machine.repository: expected an absolute path on the machine, or one that begins with "~/", got "relative"',
      'machine.version: expected a release such as "2024.2", got "next"',
      'machine.platform: expected one of "windows", "macos", "linux", got "amiga"',
      'machine.connection.host: expected a host name or address, got "h h"',
      "machine.connection.user: is missing: expected a text",
    ]);
    expect(await failuresOf({ name: "a", product: "cloud" })).toEqual([
      expect.stringMatching(/^machine.product: Tableau Cloud takes no packages of yours.*product "bridge"/),
    ]);
    expect(await failuresOf({ name: "a", product: "bridge", platform: "macos" })).toEqual([
      "machine.platform: Tableau Bridge does not exist for macOS, only for Windows and Linux.",
    ]);
    expect(await failuresOf({ name: "a", version: "2019.3" })).toEqual([
      "machine.version: Tableau Desktop 2019.3 loads no packaged connectors; they load from 2019.4 on. An unpacked connector is loaded only by a start with `connectPluginsPath`: see TableauDesktopLauncher",
    ]);
    const folder = await home.lifecycle.check({}, { machine: { name: "a" }, source: home.folder, __urn: "u" });
    expect(folder.failures).toEqual([
      { property: "source", reason: expect.stringMatching(/^is a folder; expected a \.taco file\. .*TableauDesktopLauncher$/) as string },
    ]);
  } finally {
    home.remove();
  }
});
