import { removing, writeSettings } from "../../../provider/tsm/windows/settings-file";
import { Secret } from "../../../provider/vocabulary/secret";
import { denied, FakeMachine } from "./support/fake-machine";

const folder = "D:/Users/a b/.pulumi-tableau";
const machineOf = (profile = "D:\\Users\\a b"): FakeMachine => new FakeMachine({ USERPROFILE: profile });
const left = "keys.0123456789abcdef.json";

test.each(["D:\\Users\\a b", "D:\\Users\\a b\\"])("the file lies below the profile %s", async (profile) => {
  const machine = machineOf(profile);
  const written = await writeSettings(machine, new Secret("the text"));
  expect(written).toEqual({ path: expect.stringMatching(/^D:\\Users\\a b\\\.pulumi-tableau\\keys\.[0-9a-f]{16}\.json$/) });
  expect(machine.files.done[0]).toBe(`makeFolder ${folder}`);
  expect([...machine.files.texts.values()]).toEqual(["the text"]);
});

test("what an earlier run left behind goes first, and nothing else", async () => {
  const machine = machineOf();
  const others = [`x${left}`, `${left}x`, "keys.0123456789abcde.json", "keys.0123456789abcdeg.json", "keysx0123456789abcdef.json", "other"];
  for (const name of [left, ...others]) machine.files.texts.set(`${folder}/${name}`, "old");
  await writeSettings(machine, new Secret("new"));
  expect(machine.files.done.slice(0, 3)).toEqual([
    `makeFolder ${folder}`,
    `remove ${folder}/${left}`,
    expect.stringMatching(/^write .*\/keys\.[0-9a-f]{16}\.json$/),
  ]);
  expect([...machine.files.texts.values()]).toEqual([...others.map(() => "old"), "new"]);
});

test("a user without a profile has no place for it", async () => {
  const machine = new FakeMachine();
  expect(await writeSettings(machine, new Secret("x"))).toEqual({ why: expect.stringContaining("USERPROFILE") });
  expect(machine.files.done).toEqual([]);
});

describe("where it cannot be written", () => {
  test.each(["makeFolder", "write"])("by %s, it is taken away and told why", async (what) => {
    const machine = machineOf();
    machine.files.refused.set(what, denied("x"));
    machine.files.refused.set(`remove ${folder}`, denied("y"));
    expect(await writeSettings(machine, new Secret("x"))).toEqual({ why: "x: Permission denied" });
    expect(machine.files.done.at(-1)).toMatch(/^remove .*\/keys\.[0-9a-f]{16}\.json$/);
  });

  test("since nobody answers, that is the error", async () => {
    const machine = machineOf();
    machine.files.refused.set("write", new Error("lost"));
    await expect(writeSettings(machine, new Secret("x"))).rejects.toThrow("lost");
  });
});

test("a line removes the file whatever becomes of it", () => {
  expect(removing("tsm", "D:/a b/x")).toBe('tsm&&del /q "D:\\a b\\x"||(del /q "D:\\a b\\x"&exit 1)');
});
