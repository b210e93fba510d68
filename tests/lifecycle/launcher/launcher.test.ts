import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HostPool } from "../../../provider/host/pool";
import { launcherLifecycle } from "../../../provider/lifecycle/launcher";
import type { Lifecycle, Properties } from "../../../provider/lifecycle/lifecycle";
import { TrustCache } from "../../../provider/lifecycle/trust/trust-cache";

jest.setTimeout(60_000);

const folder = mkdtempSync(join(tmpdir(), "launch er-"));
const before = process.env["HOME"];
const said: string[] = [];
const note = (_urn: string, sentence: string): void => void said.push(sentence);
// As one operation of Pulumi has it: of another one's program nothing is declared.
const launcherOfRun = (): Lifecycle =>
  launcherLifecycle({
    pool: new HostPool(),
    voice: { say: note, warn: note, progress: note },
    cacheDirectory: folder,
    trust: new TrustCache(folder),
  });
let launcher: Lifecycle;
const machine = { name: "anna", platform: "macos", version: "2024.2" };

beforeEach(() => {
  launcher = launcherOfRun();
  process.env["HOME"] = mkdtempSync(join(folder, "home-"));
});
afterAll(() => {
  process.env["HOME"] = before;
  rmSync(folder, { recursive: true });
});

const check = (news: Properties, name = "one"): ReturnType<Lifecycle["check"]> =>
  launcher.check({}, { machine, ...news, __urn: `urn:pulumi:dev::shop::t::${name}` });
const inputsOf = async (news: Properties, name?: string): Promise<Properties> => {
  const { inputs, failures } = await check(news, name);
  expect(failures).toEqual([]);
  return inputs;
};
const desktop = (): string => join(process.env["HOME"] ?? "", "Desktop");

test("the file is placed, executable; drift of text and mode shows and is repaired; delete takes it away", async () => {
  const inputs = await inputsOf({ disableVerifyConnectorPluginSignature: true });
  expect(said.at(-1)).toBe(
    "~/Desktop/Tableau Desktop for connectors.command is to be on anna: an `up` places it. Tableau Desktop started by it verifies no signatures; other starts stay as they are.",
  );
  const { id, outs } = await launcher.create(inputs);
  const file = join(desktop(), "Tableau Desktop for connectors.command");
  expect(outs).toMatchObject({ file, content: readFileSync(file, "utf8") });
  expect(statSync(file).mode & 0o777).toBe(0o755);
  expect((await launcher.read(id, outs))?.inputs).toMatchObject({ placed: inputs["placed"], content: inputs["content"] });

  chmodSync(file, 0o644);
  const notExecutable = await launcher.read(id, outs);
  expect(notExecutable?.inputs["placed"]).toBe(`${String(inputs["placed"])} not executable`);
  await launcher.update(id, notExecutable?.outs ?? {}, inputs);
  expect(statSync(file).mode & 0o777).toBe(0o755);

  writeFileSync(file, `${readFileSync(file, "utf8")}echo changed\n`);
  const changed = await launcher.read(id, outs);
  expect(changed?.inputs["content"]).toContain("echo changed");
  // What somebody changed is not taken away, even after the refresh was saved.
  await launcher.delete(id, changed?.outs ?? {});
  expect(readFileSync(file, "utf8")).toContain("echo changed");
  await launcher.update(id, changed?.outs ?? {}, inputs);
  await launcher.delete(id, outs);
  expect(readdirSync(desktop())).toEqual([]);
});

test("a renamed resource keeps its file, a moved one leaves none behind", async () => {
  const old = await launcher.create(await inputsOf({}));
  launcher = launcherOfRun();
  const renamed = await launcher.create(await inputsOf({}, "two"));
  await launcher.delete(old.id, old.outs);
  expect(readdirSync(desktop())).toEqual(["Tableau Desktop for connectors.command"]);
  await launcher.update(renamed.id, renamed.outs, await inputsOf({ path: "~/other/Start it.command" }, "two"));
  expect(readdirSync(desktop())).toEqual([]);
  expect(readdirSync(join(desktop(), "../other"))).toEqual(["Start it.command"]);
});

test("somebody's own file of that name is refused until it may be overwritten", async () => {
  mkdirSync(desktop());
  writeFileSync(join(desktop(), "mine.command"), "#!/bin/sh\n");
  const path = "~/Desktop/mine.command";
  await expect(inputsOf({ path }).then((inputs) => launcher.create(inputs))).rejects.toThrow("which this package did not put there");
  await launcher.create(await inputsOf({ path, overwriteUnmanaged: true }));
});

test("two launchers of one path are refused in preview, both named", async () => {
  await inputsOf({}, "first");
  expect((await check({}, "second")).failures).toEqual([
    {
      property: "path",
      reason: expect.stringMatching(/^is the file of two resources, "first" and "second" \(~\/Desktop\/.* on this machine\)/),
    },
  ]);
  await inputsOf({ path: "~/Desktop/other.command" }, "third");
});

test("everything wrong is told, and nothing else", async () => {
  const failures = async (news: Properties): Promise<string[]> =>
    (await check(news)).failures.map(({ property, reason }) => `${property}: ${reason}`);
  expect(await failures({ path: 3, executable: "" })).toEqual([
    "path: expected a text, got 3",
    "executable: expected a text, got an empty text",
  ]);
  expect(await failures({ path: "~/x.cmd" })).toEqual(['path: expected a name that ends in .command, got "~/x.cmd"']);
  expect(await failures({ machine: { name: "a", host: "h", user: "u" } })).toEqual([
    "machine.platform: is missing: the text of the launcher depends on the system it is for",
  ]);
  expect(await failures({ machine: { ...machine, product: "prep" } })).toEqual([
    expect.stringMatching(/^machine.product: Tableau Prep Builder has no public switch/),
  ]);
  expect(await failures({ machine: { name: "a", platform: "macos" } })).toEqual([expect.stringMatching(/^executable: .*Give `version`/)]);
});
