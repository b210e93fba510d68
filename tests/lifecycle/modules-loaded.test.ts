import { spawnSync } from "node:child_process";
import { join } from "node:path";

const root = join(__dirname, "../..");
const kinds = ["connector", "config", "driver", "machine", "launcher"];

/** Rooms of this package whose code is there after these modules were loaded, in a process that has nothing else. */
function roomsLoadedBy(...modules: readonly string[]): string[] {
  const script = `for (const one of ${JSON.stringify(modules)}) require(one + ".ts");
    const rooms = Object.keys(require.cache).map((path) => /\\/provider\\/(\\w+)\\//.exec(path)?.[1] ?? "");
    process.stdout.write([...new Set(rooms)].join(" "));`;
  const hook = join(root, "scripts/typescript-hook.cjs");
  const { stdout, stderr } = spawnSync(process.execPath, ["--require", hook, "--eval", script], { encoding: "utf8" });
  expect(stderr).toBe("");
  return stdout.split(" ").sort();
}

test("a preview loads nothing of what reaches nodes", () => {
  const rooms = roomsLoadedBy(...kinds.map((kind) => join(root, "provider/lifecycle", kind, "index")));
  expect(rooms).toContain("lifecycle");
  expect(rooms).toContain("plan");
  for (const room of ["activation", "actions", "tsm", "host"]) expect(rooms).not.toContain(room);
});

test("an operation loads it", () => {
  expect(roomsLoadedBy(join(root, "provider/lifecycle/driver/on-server"))).toEqual(expect.arrayContaining(["actions", "host"]));
});
