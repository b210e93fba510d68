import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { observeNode } from "../../provider/actions/observe";
import type { Host } from "../../provider/host/host";
import type { SeenNode } from "../../provider/plan/seen";
import { LocalNode } from "./support/node";
import { shells, useAsSh } from "./support/shells";

jest.setTimeout(60_000);

const has = (program: string): boolean => spawnSync("sh", ["-c", `command -v ${program}`]).status === 0;
const missing = process.getuid?.() !== 0 ? "it needs root" : ["setfacl", "useradd"].find((program) => !has(program));
const user = `ptaccess${String(process.pid)}`;

// https://man7.org/linux/man-pages/man5/acl.5.html
(missing === undefined ? describe : describe.skip)(`access lists${missing === undefined ? "" : ` (skipped: ${missing})`}`, () => {
  let node: LocalNode;
  beforeAll(() => {
    spawnSync("useradd", ["-M", "-s", "/usr/sbin/nologin", user]);
  });
  afterAll(() => {
    spawnSync("userdel", ["-f", user]);
  });
  beforeEach(() => {
    node = new LocalNode();
    chmodSync(node.folder, 0o755);
    writeFileSync(join(node.live, "x.taco"), "x", { mode: 0o644 });
  });
  afterEach(() => {
    node.remove();
  });

  const setfacl = (...args: readonly string[]): void => {
    const { status, stderr } = spawnSync("setfacl", args, { encoding: "utf8" });
    expect([status, stderr]).toEqual([0, ""]);
  };
  // The machine has no Tableau Server whose user could be asked for.
  const hostWhere = (runAs: string): Host => ({
    node: "node1",
    open: (script) => node.host.open(script),
    run: (script, onRecord) => {
      const linux = script.linux.replace("runas=tableau", `runas=${runAs}`);
      expect(linux).not.toBe(script.linux);
      return node.host.run({ ...script, linux }, onRecord);
    },
  });
  const look = async (runAs = user): Promise<SeenNode> => {
    const directories = [node.live, join(node.folder, "other")];
    return (await observeNode(hostWhere(runAs), { stateDirectory: node.state, digests: [], directories, timeoutSeconds: 30 })).node;
  };

  describe.each(shells())("with %s as sh", (shell) => {
    useAsSh(shell);

    test("a folder closed to everybody but the server's user by its list can be read, and so can what is in it", async () => {
      chmodSync(node.live, 0o750);
      expect((await look()).directories[0]).toMatchObject({ traversable: false });
      setfacl("-m", `u:${user}:rx`, node.live);
      const { directories, packages } = await look();
      expect(directories[0]).toMatchObject({ traversable: true, accessList: true });
      expect(packages).toMatchObject([{ fileName: "x.taco", mode: "0644", readable: true }]);
      expect(statSync(node.live).mode & 0o777).toBe(0o750);
    });

    test("a list may let the user in to a file that its mode closes, or keep the user out of one that its mode opens", async () => {
      chmodSync(join(node.live, "x.taco"), 0o600);
      writeFileSync(join(node.live, "open.taco"), "open", { mode: 0o644 });
      setfacl("-m", `u:${user}:r`, join(node.live, "x.taco"));
      setfacl("-m", `u:${user}:-`, join(node.live, "open.taco"));
      expect((await look()).packages).toMatchObject([
        { fileName: "open.taco", readable: false, accessList: true },
        { fileName: "x.taco", readable: true, accessList: true },
      ]);
    });

    test("an entry that the mask takes away gives nothing", async () => {
      chmodSync(node.live, 0o750);
      setfacl("-m", `u:${user}:rx,m::-`, node.live);
      expect((await look()).directories[0]).toMatchObject({ traversable: false, accessList: true });
    });

    test("what nobody can be asked about is unknown, and no drift", async () => {
      chmodSync(node.live, 0o700);
      setfacl("-m", `u:${user}:rx`, node.live);
      expect((await look("nobody-at-all")).directories[0]).toMatchObject({ traversable: true, accessList: true });
    });

    test("a list that lets others write makes a folder unsafe, as a mode does; a default list alone changes nothing", async () => {
      setfacl("-d", "-m", `u:${user}:rwx`, node.live);
      expect((await look()).directories[0]).not.toHaveProperty("unsafe");
      setfacl("-m", `u:${user}:rwx`, node.live);
      const { directories, packages } = await look();
      expect(directories[0]).toMatchObject({ unsafe: { folder: node.live, owner: "root", mode: "775" } });
      expect(packages).toEqual([]);
    });

    test("folders of two placements are each told their own", async () => {
      mkdirSync(join(node.folder, "other"), { mode: 0o755 });
      writeFileSync(join(node.folder, "other", "y.jar"), "y", { mode: 0o644 });
      setfacl("-m", `u:${user}:-`, join(node.folder, "other"));
      const { directories, packages } = await look();
      expect(directories.map(({ traversable }) => traversable)).toEqual([true, false]);
      expect(packages.map(({ fileName, readable }) => [fileName, readable])).toEqual([
        ["x.taco", true],
        ["y.jar", false],
      ]);
    });
  });
});
