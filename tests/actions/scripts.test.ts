import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { checkAnswer } from "../../provider/actions/check-answer";
import { observeNode } from "../../provider/actions/observe";
import { clean } from "../../provider/actions/clean";
import { fetch } from "../../provider/actions/fetch";
import { lock } from "../../provider/actions/lock";
import { record } from "../../provider/actions/record";
import type { SeenNode } from "../../provider/plan/seen";
import { tame } from "../../provider/vocabulary/printable";
import { digest, keys, LocalNode } from "./support/node";
import { outcomeOf } from "./support/outcome";
import { shells, useAsSh } from "./support/shells";

// A directory whose name needs encoding costs some processes for each record.
jest.setTimeout(60_000);

let node: LocalNode;
beforeEach(() => {
  node = new LocalNode();
});
afterEach(() => {
  node.remove();
});

const one = "bytes of one";
const two = "bytes of two";
const deliver = (text: string, parts: { readonly size?: number; readonly sha256?: string } = {}): ReturnType<LocalNode["perform"]> =>
  node.deliver(text, { fileName: "it's $(x).taco", ...parts });
const look = async (...digests: string[]): Promise<SeenNode> =>
  (
    await observeNode(node.host, {
      stateDirectory: node.state,
      digests,
      directories: [node.live, join(node.folder, "missing")],
      timeoutSeconds: 30,
    })
  ).node;
const thrown = async (answer: ReturnType<LocalNode["run"]>): Promise<string> => {
  const got = await answer;
  try {
    checkAnswer("node1", "do it", outcomeOf(got));
    return "nothing";
  } catch (error) {
    return String((error as { code?: unknown }).code);
  }
};

describe.each(shells())("with %s as sh", (shell) => {
  useAsSh(shell);

  test("a look tells of packages, drivers and unpacked connectors alone, whatever folder it is asked about", async () => {
    for (const name of ["passwd", "shadow.so", "x.taco.old", ".hidden.taco"]) writeFileSync(join(node.live, name), name);
    mkdirSync(join(node.live, "folder"));
    mkdirSync(join(node.live, ".unpacked"));
    writeFileSync(join(node.live, ".unpacked", "manifest.xml"), "<x/>");
    writeFileSync(join(node.live, "x.jar"), "x");
    expect((await look()).packages.map(({ fileName }) => fileName)).toEqual(["x.jar"]);
  });

  test("it is that shell", async () => {
    const { records } = await node.run("which", 'emit shell "$(readlink -f /proc/$$/exe)"', []);
    expect(records).toEqual([["shell", expect.stringMatching(new RegExp(`/${shell}$`, "u")) as string]]);
  });

  describe("deliver", () => {
    test("stores the bytes, for nobody else, with what they are; once more changes nothing", async () => {
      expect(keys(await deliver(one))).toEqual(["wants", "delivered"]);
      expect((await deliver(one)).records).toEqual([["wants"]]);
      expect(node.files(node.store)).toEqual({ [digest(one)]: one, [`${digest(one)}.info`]: "class\n1.0\nit's $(x).taco\n" });
      expect([node.store, join(node.store, digest(one))].map((path) => statSync(path).mode & 0o777)).toEqual([0o700, 0o600]);
      expect((await look(digest(one))).stored).toMatchObject([{ sha256: digest(one), intact: true, fileName: "it's $(x).taco" }]);
    });

    test.each([
      ["cut short", { size: 100, sha256: digest(`${one}more`) }],
      ["of another digest", { sha256: digest(two) }],
    ])("bytes that come %s are not stored, and leave nothing", async (_name, parts) => {
      expect(await thrown(deliver(one, parts))).toBe("digest-mismatch");
      expect(readdirSync(node.store)).toEqual([]);
    });

    test("damaged bytes of the store are seen, and repaired by another delivery", async () => {
      await deliver(one);
      writeFileSync(join(node.store, digest(one)), "rotten");
      expect((await look(digest(one))).stored).toMatchObject([{ intact: false }]);
      await deliver(one);
      expect((await look(digest(one))).stored).toMatchObject([{ intact: true }]);
    });

    test("a full disk is told as such and stores nothing", async () => {
      mkdirSync(node.store, { recursive: true });
      if (spawnSync("mount", ["-t", "tmpfs", "-o", "size=64k,mode=700", "tmpfs", node.store]).status !== 0) {
        process.stdout.write("skipped: no tmpfs can be mounted here\n");
        return;
      }
      try {
        expect(await thrown(deliver("x".repeat(300_000)))).toMatch(/host-disk-full|digest-mismatch/);
        expect(readdirSync(node.store)).toEqual([]);
      } finally {
        spawnSync("umount", [node.store]);
      }
    });
  });

  describe("stage and place", () => {
    test("put verified bytes live; the ones before stay in the store; once more is the same", async () => {
      await deliver(one);
      await deliver(two);
      await node.stage(digest(one));
      expect(node.files(node.live)).toEqual({ [`.pulumi-tableau.${digest(one)}.part`]: one });
      const first = ["place", node.live, "-a b'$(x).taco", digest(one), "-"];
      expect(keys(await node.place(...first))).toEqual(["placed", "end"]);
      expect(keys(await node.place(...first))).toEqual(["placed", "end"]);
      rmSync(join(node.store, digest(one)));
      await node.stage(digest(two));
      expect(keys(await node.place("place", node.live, "-a b'$(x).taco", digest(two), digest(one)))).toEqual(["placed", "end"]);
      expect(node.files(node.live)).toEqual({ "-a b'$(x).taco": two });
      expect(node.files(node.store)[digest(one)]).toBe(one);
    });

    test("retire keeps the bytes, may be repeated, and leaves a changed file alone", async () => {
      mkdirSync(node.store, { recursive: true });
      writeFileSync(join(node.live, "a.taco"), one);
      expect(await thrown(node.place("retire", node.live, "a.taco", "-", digest(two)))).toBe("activation-failed");
      expect(node.files(node.live)).toEqual({ "a.taco": one });
      for (let i = 0; i < 2; i += 1) {
        expect(keys(await node.place("retire", node.live, "a.taco", "-", digest(one)))).toEqual(["retired", "end"]);
      }
      expect(node.files(node.live)).toEqual({});
      expect(node.files(node.store)[digest(one)]).toBe(one);
    });

    test("a file that somebody put there in between is left alone", async () => {
      await deliver(one);
      await node.stage(digest(one));
      writeFileSync(join(node.live, "a.taco"), "theirs");
      expect(await thrown(node.place("place", node.live, "a.taco", digest(one), "-"))).toBe("activation-failed");
      expect(node.files(node.live)["a.taco"]).toBe("theirs");
    });

    test("a verified copy that vanished is told", async () => {
      await deliver(one);
      expect(await thrown(node.place("place", node.live, "a.taco", digest(one), "-"))).toBe("host-command-failed");
    });

    test("a damaged or missing package is not staged", async () => {
      await deliver(one);
      writeFileSync(join(node.store, digest(one)), "rotten");
      expect(await thrown(node.stage(digest(one)))).toBe("digest-mismatch");
      expect(await thrown(node.stage(digest(two)))).toBe("host-command-failed");
      expect(node.files(node.live)).toEqual({});
    });

    test("mode and owner are set in place; other bytes and links are left alone", async () => {
      const file = join(node.live, "a.taco");
      writeFileSync(file, one, { mode: 0o600 });
      const { ino } = statSync(file);
      for (let i = 0; i < 2; i += 1) {
        expect(keys(await node.place("mend", node.live, "a.taco", digest(one), "-"))).toEqual(["mended", "end"]);
      }
      expect(statSync(file)).toMatchObject({ ino, mode: 0o100644 });
      const me = userInfo().username;
      expect(keys(await node.place("mend", node.live, "a.taco", digest(one), me))).toEqual(["mended", "end"]);
      expect(await thrown(node.place("mend", node.live, "a.taco", digest(one), "nobody-at-all"))).toBe("host-command-failed");
      expect(await thrown(node.place("mend", node.live, "a.taco", digest(two), "-"))).toBe("activation-failed");
      expect(await thrown(node.place("mend", node.live, "b.taco", digest(one), "-"))).toBe("activation-failed");
      symlinkSync(file, join(node.live, "link.taco"));
      expect(await thrown(node.place("mend", node.live, "link.taco", digest(one), "-"))).toBe("activation-failed");
    });

    test("a folder that nobody may enter is opened", async () => {
      chmodSync(node.live, 0o700);
      expect(keys(await node.place("open", node.live, "-", "-", "-"))).toEqual(["opened", "end"]);
      expect(statSync(node.live).mode & 0o777).toBe(0o755);
    });
  });

  describe("observe", () => {
    test("tells odd names, modes, folders, leftovers and absent directories", async () => {
      const names = ["plain.taco", "-dash.taco", "two words.taco", "quote'.taco", "new\nline.taco", "back\\slash.taco", "$(x).taco"];
      names.forEach((name, i) => {
        writeFileSync(join(node.live, name), String(i), { mode: i === 0 ? 0o600 : 0o644 });
      });
      for (const unpacked of ["folder", "folder.taco"]) {
        mkdirSync(join(node.live, unpacked));
        writeFileSync(join(node.live, unpacked, "manifest.xml"), "<x/>");
      }
      mkdirSync(join(node.live, "empty.taco"));
      writeFileSync(join(node.live, ".pulumi-tableau.x.part"), "");
      writeFileSync(join(node.live, "readme.txt"), "");
      chmodSync(node.folder, 0o755);
      const seen = await look();
      const files = Object.fromEntries(seen.packages.map(({ fileName, sha256, form }) => [fileName, form === "folder" ? form : sha256]));
      expect(files).toEqual({
        ...Object.fromEntries(names.map((name, i) => [tame(name), digest(String(i))])),
        folder: "folder",
        "folder.taco": "folder",
        "empty.taco": null,
      });
      expect(seen.packages).toHaveLength(names.length + 3);
      expect(seen.packages.find(({ fileName }) => fileName === "plain.taco")).toMatchObject({ mode: "0600", readable: false });
      expect(seen.packages.find(({ fileName }) => fileName === "two words.taco")).toMatchObject({ mode: "0644", readable: true });
      expect(seen.leftovers.map(({ fileName }) => fileName)).toEqual([".pulumi-tableau.x.part"]);
      expect(seen.directories.map(({ exists }) => exists)).toEqual([true, false]);
    });

    test("a link is told as such, with what it leads to; one that leads nowhere is told nothing of", async () => {
      writeFileSync(join(node.folder, "elsewhere"), one, { mode: 0o600 });
      utimesSync(join(node.folder, "elsewhere"), 1, 1);
      symlinkSync(join(node.folder, "elsewhere"), join(node.live, "a.taco"));
      symlinkSync("nowhere", join(node.live, "b.taco"));
      const { packages } = await look();
      expect(packages).toEqual([
        expect.objectContaining({ fileName: "a.taco", form: "link", sha256: digest(one), mode: "0600", readable: false }),
      ]);
      expect(packages[0]?.changedAt).toBeGreaterThan(1);
    });

    test("a hundred packages are each told with their own digest", async () => {
      for (let i = 0; i < 100; i += 1) writeFileSync(join(node.live, `${String(i)}.taco`), String(i));
      const { packages } = await look();
      expect(packages).toHaveLength(100);
      expect(packages.filter(({ fileName, sha256 }) => sha256 !== digest(fileName.slice(0, -".taco".length)))).toEqual([]);
    });
  });

  test("half a record, as after a connection that was cut, does not take the place of the whole one", async () => {
    const left = { stateDirectory: node.state, note: "leave", reason: "" } as const;
    await node.perform(record, { ...left, sha256: digest("whole") }, Buffer.from("whole"));
    expect(await thrown(node.perform(record, { ...left, sha256: digest("{}\n") }, Buffer.from("{")))).toBe("host-command-failed");
    expect(node.files(node.state)).toEqual({ "record.json": "whole" });
  });

  test("record writes the record and the note, clears the note last, and leaves no parts", async () => {
    const write = (note: "due" | "leave" | "clear", reason: string): ReturnType<LocalNode["perform"]> =>
      node.perform(record, { stateDirectory: node.state, note, reason, sha256: digest("{}\n") }, Buffer.from("{}\n"));
    await write("due", "a reason; $(x)");
    expect(node.files(node.state)).toEqual({ "record.json": "{}\n", "restart-required": "a reason; $(x)\n" });
    const { restartRequired, record: text } = await observeNode(node.host, {
      stateDirectory: node.state,
      digests: [],
      directories: [],
      timeoutSeconds: 30,
    });
    expect({ text, reason: restartRequired?.reason }).toEqual({ text: "{}", reason: "a reason; $(x)" });
    await write("leave", "");
    expect(existsSync(join(node.state, "restart-required"))).toBe(true);
    await write("clear", "");
    expect(node.files(node.state)).toEqual({ "record.json": "{}\n" });
  });

  test("clean removes what it is told and leftovers, and no upload that runs", async () => {
    await deliver(one);
    await deliver(two);
    writeFileSync(join(node.live, ".pulumi-tableau.x.part"), "");
    writeFileSync(join(node.store, ".incoming.x.1"), "");
    await node.perform(clean, { stateDirectory: node.state, directories: [node.live], digests: [digest(one)] });
    expect(readdirSync(node.store).sort()).toEqual([".incoming.x.1", digest(two), `${digest(two)}.info`]);
    expect(readdirSync(node.live)).toEqual([]);
  });

  test("fetch sends bytes, and tells what is missing or too large", async () => {
    const path = join(node.live, "a.taco");
    writeFileSync(path, one);
    const { records } = await node.perform(fetch, { largest: 100, total: 100, paths: [path, "/not/there"] });
    expect(records).toEqual([["bytes", path, Buffer.from(one).toString("base64")], ["missing", "/not/there"], ["end"]]);
    expect(keys(await node.perform(fetch, { largest: 3, total: 3, paths: [path] }))).toEqual(["large", "end"]);
  });

  test("the lock is one holder's; who waits is told the name, and gets it when the holder ends", async () => {
    const open = (holder: string, waitSeconds: number): ReturnType<LocalNode["begin"]> =>
      node.begin(lock, { stateDirectory: node.state, holder, waitSeconds });
    const first = await open("stack one", 0);
    expect((await first.records().next()).value).toEqual(["locked"]);
    first.write(Buffer.from("h"));
    while (!existsSync(join(node.state, "lock.holder"))) await new Promise((resolve) => setTimeout(resolve, 10));
    const refused: unknown[] = [];
    const second = await open("stack two", 0);
    for await (const line of second.records()) refused.push(line);
    expect(refused).toEqual([
      ["waiting", "stack one"],
      ["held", "stack one"],
    ]);
    const third = await open("stack three", 30);
    const records = third.records();
    expect((await records.next()).value).toEqual(["waiting", "stack one"]);
    await first.close();
    expect((await records.next()).value).toEqual(["locked"]);
    await third.close();
  });
});
