import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, existsSync, linkSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { observeNode } from "../../provider/actions/observe";
import { clean } from "../../provider/actions/clean";
import { fetch } from "../../provider/actions/fetch";
import { place } from "../../provider/actions/place";
import { stage } from "../../provider/actions/stage";
import type { SeenNode } from "../../provider/plan/seen";
import { digest, keys, LocalNode } from "./support/node";
import { liveChanges } from "./support/live-changes";
import { shells, useAsSh } from "./support/shells";

jest.setTimeout(60_000);

const isRoot = process.getuid?.() === 0;
const user = `ptfolders${String(process.pid)}`;

(isRoot ? describe : describe.skip)("a live folder of the user that the server runs as", () => {
  let node: LocalNode;
  let uid = 0;
  beforeAll(() => {
    spawnSync("useradd", ["-M", "-s", "/usr/sbin/nologin", user]);
    uid = Number(spawnSync("id", ["-u", user], { encoding: "utf8" }).stdout);
  });
  afterAll(() => {
    spawnSync("userdel", ["-f", user]);
  });
  beforeEach(() => {
    node = new LocalNode();
    chmodSync(node.folder, 0o755);
    chownSync(node.live, uid, uid);
  });
  afterEach(() => {
    node.remove();
  });

  const stageIn = (directory: string, action = stage): ReturnType<LocalNode["perform"]> =>
    node.perform(action, { stateDirectory: node.state, directory, digests: [digest("one")] });
  const look = async (directory = node.live): Promise<SeenNode> =>
    (await observeNode(node.host, { stateDirectory: node.state, digests: [], directories: [directory], timeoutSeconds: 30 })).node;

  describe.each(shells())("with %s as sh", (shell) => {
    useAsSh(shell);

    test("is worked in with that user's rights: placed, replaced, looked at, repaired, retired, cleaned", async () => {
      await node.deliver("one");
      await node.deliver("two");
      const file = join(node.live, "it's $(x).taco");
      const change = (...step: readonly string[]): Promise<string[]> => node.place(...step).then(keys);
      expect(keys(await node.stage(digest("one"), digest("two")))).toEqual(["staged", "staged"]);
      expect(await change("place", node.live, "it's $(x).taco", digest("one"), "-")).toEqual(["placed", "end"]);
      expect({ ...statSync(file), text: readFileSync(file, "utf8") }).toMatchObject({ uid, gid: uid, mode: 0o100644, text: "one" });
      rmSync(join(node.store, digest("one")));
      expect(await change("place", node.live, "it's $(x).taco", digest("two"), digest("one"))).toEqual(["placed", "end"]);
      expect(node.files(node.store)[digest("one")]).toBe("one");
      expect((await look()).packages).toMatchObject([
        { fileName: "it's $(x).taco", sha256: digest("two"), owner: user, placedAs: user, mode: "0644", readable: true },
      ]);
      chmodSync(file, 0o600);
      expect(await change("mend", node.live, "it's $(x).taco", digest("two"), user)).toEqual(["mended", "end"]);
      expect(statSync(file).mode & 0o777).toBe(0o644);
      const { records } = await node.perform(fetch, { largest: 100, total: 1000, paths: [file] });
      expect(records[0]).toEqual(["bytes", file, Buffer.from("two").toString("base64")]);
      expect(await change("retire", node.live, "it's $(x).taco", "-", digest("two"))).toEqual(["retired", "end"]);
      expect(keys(await node.stage(digest("one")))).toEqual(["staged"]);
      expect((await look()).leftovers).toHaveLength(1);
      await node.perform(clean, { stateDirectory: node.state, directories: [node.live], digests: [] });
      expect(node.files(node.live)).toEqual({});
    });

    test("is made where it is missing, as that user, in a folder of that user", async () => {
      await node.deliver("one");
      const deep = join(node.live, "process", "Connectors");
      const staged = await stageIn(deep);
      expect(keys(staged)).toEqual(["staged"]);
      expect(statSync(deep)).toMatchObject({ uid, mode: 0o40755 });
      expect(keys(await node.place("place", deep, "x.taco", digest("one"), "-"))).toEqual(["placed", "end"]);
      expect((await look(deep)).packages).toMatchObject([{ owner: user, readable: true }]);
    });

    test("may hold a folder of root's, which earlier versions made: what is in it stays root's", async () => {
      await node.deliver("one");
      const roots = join(node.live, "Connectors");
      mkdirSync(roots, { mode: 0o755 });
      writeFileSync(join(roots, "x.taco"), "old", { mode: 0o644 });
      expect(keys(await stageIn(roots))).toEqual(["staged"]);
      expect(keys(await node.place("place", roots, "x.taco", digest("one"), digest("old")))).toEqual(["placed", "end"]);
      expect(statSync(join(roots, "x.taco"))).toMatchObject({ uid: 0, mode: 0o100644 });
      expect((await look(roots)).packages).toMatchObject([{ owner: "root", sha256: digest("one") }]);
    });

    test("may have put another folder of root's in its place: what only root may read there is not read, copied, given away or opened", async () => {
      await node.deliver("one");
      const roots = join(node.live, "Connectors");
      mkdirSync(roots, { mode: 0o755 });
      const secret = join(node.folder, "secret");
      writeFileSync(secret, "secret", { mode: 0o600 });
      linkSync(secret, join(roots, "linked.taco"));
      writeFileSync(join(roots, "closed.taco"), "closed", { mode: 0o600 });
      for (const [name, text] of [
        ["linked.taco", "secret"],
        ["closed.taco", "closed"],
      ] as const) {
        const path = join(roots, name);
        expect(await node.place("place", roots, name, digest("one"), digest(text))).toMatchObject({
          records: [["changed", roots, name, "unreadable"]],
        });
        expect(await node.place("mend", roots, name, digest(text), user)).toMatchObject({
          records: [["changed", roots, name, "unreadable"]],
        });
        expect((await node.perform(fetch, { largest: 100, total: 1000, paths: [path] })).records[0]?.[0]).toBe(
          name === "linked.taco" ? "missing" : "bytes",
        );
        expect([statSync(path).mode & 0o777, statSync(path).uid, readFileSync(path, "utf8")]).toEqual([0o600, 0, text]);
      }
      expect((await look(roots)).packages).toMatchObject([{ sha256: null }, { sha256: null }]);
      expect(Object.keys(node.files(node.store)).filter((name) => /^[0-9a-f]{64}$/.test(name))).toEqual([digest("one")]);
      chmodSync(roots, 0o700);
      expect(keys(await node.place("open", roots, "-", "-", "-"))).toEqual(["failed"]);
      expect(statSync(roots).mode & 0o777).toBe(0o700);
    });

    test("takes no connector under development, which nobody could copy safely; what links and pipes are there is told as unreadable", async () => {
      mkdirSync(join(node.live, "dev"));
      writeFileSync(join(node.live, "dev/manifest.xml"), "<x/>");
      symlinkSync("/etc/hostname", join(node.live, "link.taco"));
      spawnSync("mkfifo", [join(node.live, "pipe.taco")]);
      const seen = Object.fromEntries(
        (await look()).packages.map(({ fileName, form, sha256, readable }) => [fileName, { form, sha256, readable }]),
      );
      expect(seen).toEqual({
        dev: { form: "folder", sha256: expect.stringMatching(/^[0-9a-f]{64}$/), readable: true },
        "link.taco": { form: "file", sha256: null, readable: false },
        "pipe.taco": { form: "file", sha256: null, readable: false },
      });
      symlinkSync("/etc/hostname", join(node.live, "dev/data"));
      expect((await look()).packages.find(({ fileName }) => fileName === "dev")).toMatchObject({ sha256: null });
      expect(keys(await node.place("retire", node.live, "dev", "-", "unreadable"))).toEqual(["failed"]);
      expect(existsSync(join(node.live, "dev"))).toBe(true);
    });
  });

  const without = <T extends { readonly linux: string }>(hidden: readonly string[], action: T): T => ({
    ...action,
    linux: `command() { case $2 in ${hidden.join("|")}) return 1 ;; *) return 0 ;; esac; }\n${action.linux}`,
  });

  test.each([
    ["setpriv", ["runuser", "su"]],
    ["runuser", ["setpriv", "su"]],
    ["su", ["setpriv", "runuser"]],
  ])("is worked in by %s alone", async (_only, hidden) => {
    await node.deliver("one");
    const staged = await stageIn(node.live, without(hidden, stage));
    expect([keys(staged), staged.errorText]).toEqual([["staged"], ""]);
    const placed = await node.perform(without(hidden, place), {
      stateDirectory: node.state,
      changes: liveChanges(["place", node.live, "x.taco", digest("one"), "-"]),
    });
    expect(keys(placed)).toEqual(["placed", "end"]);
    expect(statSync(join(node.live, "x.taco"))).toMatchObject({ uid, mode: 0o100644 });
  });

  test("is refused, in words, where none of these programs is there", async () => {
    await node.deliver("one");
    const staged = await stageIn(node.live, without(["setpriv", "runuser", "su"], stage));
    expect(staged.records).toEqual([
      ["failed", "copy the packages beside the live files", `one of setpriv, runuser and su is needed to work as ${user}`],
    ]);
    expect(node.files(node.live)).toEqual({});
  });
});
