import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deliverPackage, type Package } from "../../provider/actions/deliver";
import { observeNode } from "../../provider/actions/observe";
import { packFolder, readFolder } from "../../provider/lifecycle/package/folder-source";
import type { SeenNode } from "../../provider/plan/seen";
import { treeDigest } from "../../simulator/connectors/tree-digest";
import { keys, LocalNode } from "./support/node";
import { shells, useAsSh } from "./support/shells";

jest.setTimeout(60_000);

let node: LocalNode;
let source: string;
beforeEach(() => {
  node = new LocalNode();
  source = join(node.folder, "source");
  mkdirSync(join(source, "deep/er"), { recursive: true });
  write("manifest.xml", "<connector-plugin/>");
  write("deep/er/ä 'quoted' $(name).js", "text without a line end");
  write("deep/-r", "");
  write("B", "upper case before lower case");
});
afterEach(() => {
  node.remove();
});

const write = (path: string, text: string): void => {
  writeFileSync(join(source, path), text);
};
const packageOf = async (): Promise<Package> => {
  const folder = await readFolder(source, undefined);
  const bytes = packFolder(folder);
  const described = { pluginClass: "class", pluginVersion: "1.0", fileName: "my connector" };
  return { ...described, form: "folder", sha256: folder.sha256, size: bytes.length, bytes: () => Promise.resolve(bytes) };
};
const send = async (one: Package): Promise<boolean> => await deliverPackage(node.host, one, node.state, 30);
const look = async (...digests: string[]): Promise<SeenNode> =>
  (await observeNode(node.host, { stateDirectory: node.state, digests, directories: [node.live], timeoutSeconds: 30 })).node;

describe.each(shells())("folders with %s as sh", (shell) => {
  useAsSh(shell);
  const live = (): string => join(node.live, "my connector");
  const goLive = async (was = "-"): Promise<string> => {
    const one = await packageOf();
    await send(one);
    expect(keys(await node.stage(one.sha256))).toEqual(["staged"]);
    expect(keys(await node.place("place", node.live, "my connector", one.sha256, was))).toEqual(["placed", "end"]);
    return one.sha256;
  };

  test("are stored whole, once, under the digest that the simulator computes too", async () => {
    const one = await packageOf();
    expect(one.sha256).toBe(treeDigest(source));
    expect([await send(one), await send(one)]).toEqual([true, false]);
    expect(treeDigest(join(node.store, one.sha256))).toBe(one.sha256);
    expect((await look(one.sha256)).stored).toMatchObject([{ sha256: one.sha256, intact: true, fileName: "my connector" }]);
    writeFileSync(join(node.store, one.sha256, "more"), "");
    expect((await look(one.sha256)).stored).toMatchObject([{ intact: false }]);
    expect(await send(one)).toBe(true);
    expect((await look(one.sha256)).stored).toMatchObject([{ intact: true }]);
  });

  test("that arrive cut are not stored, and leave nothing", async () => {
    const one = await packageOf();
    const bytes = await one.bytes();
    const cut = { ...one, bytes: () => Promise.resolve(bytes.subarray(0, bytes.length - 3)) };
    await expect(send(cut)).rejects.toMatchObject({ code: "digest-mismatch" });
    expect(readdirSync(node.store)).toEqual([]);
  });

  test.each(["../outside", "deep/../../outside"])("with a file that would lie outside, %s, are not stored", async (path) => {
    const one = await packageOf();
    const bytes = Buffer.from(`1\n4 ${path}\nevil`);
    await expect(send({ ...one, bytes: () => Promise.resolve(bytes) })).rejects.toMatchObject({ code: "host-command-failed" });
    expect(readdirSync(node.folder).sort()).toEqual(["live with 'spaces' $(x)", "source", "state"]);
    expect(readdirSync(node.store)).toEqual([]);
  });

  test("go live out of a place that is no connector, readable for everybody, and are seen as what they are", async () => {
    const one = await packageOf();
    await send(one);
    await node.stage(one.sha256);
    const part = join(node.live, `.pulumi-tableau.${one.sha256}.part`);
    expect([readdirSync(part), existsSync(join(part, "manifest.xml"))]).toEqual([["tree"], false]);
    expect((await look()).leftovers).toHaveLength(1);
    const sha256 = await goLive();
    expect(readdirSync(node.live)).toEqual(["my connector"]);
    expect(statSync(join(live(), "deep")).mode & 0o777).toBe(0o755);
    expect(statSync(join(live(), "deep/-r")).mode & 0o777).toBe(0o644);
    expect((await look()).packages).toMatchObject([{ fileName: "my connector", form: "folder", sha256, mode: "0755", readable: true }]);
    chmodSync(join(live(), "deep/-r"), 0o600);
    expect((await look()).packages).toMatchObject([{ sha256, readable: false }]);
  });

  test("replace each other whole; the one before stays in the store; once more is the same", async () => {
    const first = await goLive();
    rmSync(join(source, "deep"), { recursive: true });
    write("new", "new");
    rmSync(join(node.store, first), { recursive: true });
    const second = await goLive(first);
    expect(readdirSync(live()).sort()).toEqual(["B", "manifest.xml", "new"]);
    expect(treeDigest(join(node.store, first))).toBe(first);
    expect(readdirSync(node.live)).toEqual(["my connector"]);
    expect(keys(await node.place("place", node.live, "my connector", second, first))).toEqual(["placed", "end"]);
  });

  test("that somebody changed in between are left alone; retire keeps them in the store", async () => {
    const first = await goLive();
    writeFileSync(join(live(), "theirs"), "theirs");
    expect(keys(await node.place("retire", node.live, "my connector", "-", first))).toContain("changed");
    expect(readFileSync(join(live(), "theirs"), "utf8")).toBe("theirs");
    const now = treeDigest(live());
    for (let i = 0; i < 2; i += 1) {
      expect(keys(await node.place("retire", node.live, "my connector", "-", now))).toEqual(["retired", "end"]);
    }
    expect(readdirSync(node.live)).toEqual([]);
    expect(treeDigest(join(node.store, now))).toBe(now);
  });
});

test.each([
  ["a name with a line end", "a\nb"],
  ["a name with a backslash", "a\\b"],
  ["a name with a blank at its end", "a "],
])("a source folder with %s is refused", async (_what, name) => {
  write(name, "");
  await expect(readFolder(source, undefined)).rejects.toMatchObject({ code: "source-unavailable" });
});

test("a source folder does not include what version control and editors leave", async () => {
  const before = (await readFolder(source, undefined)).sha256;
  mkdirSync(join(source, ".git"));
  mkdirSync(join(source, "deep/node_modules"));
  for (const path of [".git/HEAD", "deep/node_modules/x", ".DS_Store", "deep/.x.swp", "B~", "#B#", "Thumbs.db"]) write(path, "noise");
  expect((await readFolder(source, before)).sha256).toBe(before);
  await expect(readFolder(source, "0".repeat(64))).rejects.toMatchObject({ code: "digest-mismatch" });
});
