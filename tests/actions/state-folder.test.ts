import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { observeNode } from "../../provider/actions/observe";
import { lock } from "../../provider/actions/lock";
import { record } from "../../provider/actions/record";
import { digest, keys, LocalNode } from "./support/node";
import { shells, useAsSh } from "./support/shells";

jest.setTimeout(60_000);

const stranger = 62_000 + (process.pid % 1000);
const isRoot = process.getuid?.() === 0;

let node: LocalNode;
beforeEach(() => {
  node = new LocalNode();
  chmodSync(node.folder, 0o755);
});
afterEach(() => {
  node.remove();
});

const mode = (path: string): string => (statSync(path).mode & 0o7777).toString(8);
const deliver = (): ReturnType<LocalNode["perform"]> => node.deliver("new");
const holdLock = (waitSeconds = 0): ReturnType<LocalNode["perform"]> =>
  node.perform(lock, { stateDirectory: node.state, holder: "me", waitSeconds });
const writeRecord = (): ReturnType<LocalNode["perform"]> =>
  node.perform(record, { stateDirectory: node.state, note: "due", reason: "why", sha256: digest("{}") }, Buffer.from("{}"));

(isRoot ? describe : describe.skip).each(shells())("the state directory with %s as sh", (shell) => {
  useAsSh(shell);

  test("is for nobody else: what lies in it can be read by its owner alone", async () => {
    for (const run of [holdLock, deliver, writeRecord]) expect((await run()).status).toBe(0);
    const files = ["store", `store/${digest("new")}`, `store/${digest("new")}.info`, "record.json", "restart-required", "lock"];
    expect(files.map((file) => mode(join(node.state, file)))).toEqual(["700", "600", "600", "600", "600", "600"]);
  });

  test("of an earlier version is closed by the next delivery and the next lock", async () => {
    mkdirSync(join(node.store, "a folder"), { recursive: true });
    for (const path of [node.state, node.store, join(node.store, "a folder")]) chmodSync(path, 0o755);
    for (const file of [join(node.store, "old"), join(node.state, "lock")]) writeFileSync(file, "old", { mode: 0o644 });
    await deliver();
    await holdLock();
    expect(["store", "store/old", "store/a folder", "lock"].map((file) => mode(join(node.state, file)))).toEqual([
      "700",
      "600",
      "700",
      "600",
    ]);
  });

  test("has a lock that nobody else can hold, though an earlier version let everybody open it", async () => {
    mkdirSync(node.state);
    writeFileSync(join(node.state, "lock"), "", { mode: 0o644 });
    const holder = await holdAs(stranger);
    try {
      expect(keys(await holdLock())).toEqual(["locked"]);
      expect(mode(join(node.state, "lock"))).toBe("600");
      expect(spawnSync("flock", ["-n", join(node.state, "lock"), "true"], { uid: stranger, gid: stranger }).status).not.toBe(0);
      expect(keys(await holdLock())).toEqual(["locked"]);
    } finally {
      holder.kill();
      await once(holder, "exit");
    }
  });

  test("has a lock that an earlier version of this package may still hold", async () => {
    mkdirSync(node.state);
    writeFileSync(join(node.state, "lock"), "", { mode: 0o644 });
    const holder = await holdAs(0);
    expect(keys(await holdLock())).toEqual(["waiting", "held"]);
    holder.kill();
    await once(holder, "exit");
    expect(keys(await holdLock(5))).toEqual(["locked"]);
  });

  const holdAs = async (uid: number): Promise<ChildProcess> => {
    const holder = spawn("sh", ["-c", 'exec 9< "$1"; flock 9; echo held; exec sleep 60', "sh", join(node.state, "lock")], {
      uid,
      gid: uid,
      stdio: ["ignore", "pipe", "ignore"],
    });
    await once(holder.stdout, "data");
    return holder;
  };

  const places: readonly (readonly [string, string, () => void])[] = [
    ["belongs to somebody else", "state", () => chownSync(node.state, stranger, stranger)],
    ["can be written by a group", "state", () => chmodSync(node.state, 0o775)],
    ["can be written by everybody, with the sticky bit", "state", () => chmodSync(node.state, 0o1777)],
    ["lies in a folder of somebody else", "", () => chownSync(node.folder, stranger, stranger)],
    ["lies in a folder that a group can write", "", () => chmodSync(node.folder, 0o775)],
    ["has a store of somebody else", "state/store", () => chownSync(node.store, stranger, stranger)],
    ["has a store that everybody can write", "state/store", () => chmodSync(node.store, 0o777)],
  ];
  test.each(places)("that %s is refused by every script, with that folder, and nothing in it changes", async (_what, folder, prepare) => {
    mkdirSync(node.store, { recursive: true, mode: 0o755 });
    prepare();
    const unsafe = join(node.folder, folder);
    const told = (key: string): unknown => [key, expect.stringContaining(node.state), unsafe, expect.any(String), mode(unsafe)];
    const scripts = folder === "state/store" ? [deliver] : [holdLock, deliver, writeRecord];
    for (const run of scripts) expect((await run()).records).toEqual([told("unsafe")]);
    const question = { stateDirectory: node.state, digests: [], directories: [node.live], timeoutSeconds: 30 };
    await expect(observeNode(node.host, question)).rejects.toMatchObject({
      code: "host-folder-unsafe",
      message: expect.stringContaining(unsafe),
    });
    expect([existsSync(join(node.state, "lock")), readdirSync(node.store)]).toEqual([false, []]);
  });

  test("may lie behind a link of root's, but not behind one of somebody else", async () => {
    const elsewhere = join(node.folder, "elsewhere");
    mkdirSync(elsewhere);
    symlinkSync("./elsewhere", node.state);
    expect(keys(await deliver())).toEqual(["wants", "delivered"]);
    expect(readdirSync(elsewhere)).toEqual(["store"]);
    spawnSync("chown", ["-h", String(stranger), node.state]);
    expect((await deliver()).records).toEqual([["unsafe", node.state, node.state, expect.any(String), "777"]]);
  });
});
