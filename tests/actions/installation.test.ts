import { chmodSync, chownSync, existsSync, mkdirSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { dirname, join } from "node:path";
import { arg } from "../../provider/actions/arguments";
import { observe } from "../../provider/actions/observe";
import { trust } from "../../provider/actions/trust";
import type { AnswerRecord } from "../../provider/host/host";
import { LocalNode } from "./support/node";
import { shells, useAsSh } from "./support/shells";

const newest = "20252.25.0101.10";
const older = "20252.25.0101.9";
// The script takes where the file system begins too.
const trustBelow = { ...trust, args: { ...trust.args, root: arg.path } };
const isRoot = process.getuid?.() === 0;

describe.each(shells())("where Tableau Server is installed, in %s", (shell) => {
  useAsSh(shell);
  let node: LocalNode;
  let root: string;
  beforeEach(() => {
    node = new LocalNode();
    root = join(node.folder, "root");
  });
  afterEach(() => node.remove());

  const file = (path: string, text: string): string => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    return join(root, path);
  };
  const store = (folder: string, release: string, text = "trusted"): string =>
    file(`${folder}/packages/repository.${release}/jre/lib/security/cacerts`, text);
  const profile = (lines: string): string => file("etc/profile.d/tableau_server.sh", lines);
  const ask = async (tsm = ""): Promise<readonly AnswerRecord[]> =>
    (await node.perform(trustBelow, { known: null, tsmPath: tsm, root })).records;
  /** Path of the store that was found, or where it was looked for. */
  const found = async (tsm = ""): Promise<unknown> => {
    const [first] = await ask(tsm);
    return first?.[0] === "digest" ? first[2] : first;
  };
  const absent = (where: string): AnswerRecord => ["absent", `repository.*/jre/lib/security/cacerts below ${where}`];

  test("without settings the highest release of the usual folder counts; without that it is said where it was looked", async () => {
    expect(await found()).toEqual(absent(`${root}/opt/tableau/tableau_server/packages`));
    store("opt/tableau/tableau_server", older);
    const highest = store("opt/tableau/tableau_server", newest);
    expect(await found()).toBe(highest);
  });

  test("the folder and the release that the settings name count, whatever lies in the usual one", async () => {
    store("opt/tableau/tableau_server", newest);
    const own = store("srv/table au", older);
    store("srv/table au", newest);
    profile(`TABLEAU_SERVER_INSTALL_DIR="${root}/srv/table au" TABLEAU_SERVER_DATA_DIR_VERSION=${older}; echo noise; exit 3\n`);
    expect(await found()).toBe(own);
    rmSync(join(root, "srv/table au/packages"), { recursive: true });
    mkdirSync(join(root, "srv/table au/packages"));
    expect(await found()).toEqual(absent(`${root}/srv/table au/packages`));
    rmSync(join(root, "etc/profile.d"), { recursive: true });
    file("etc/opt/tableau/tableau_server/environment.bash", `TABLEAU_SERVER_INSTALL_DIR="${root}/srv/other"\n`);
    const other = store("srv/other", older);
    expect(await found()).toBe(other);
  });

  test("the installation of the tsm that the profile puts on the path, or that the program names, counts", async () => {
    store("opt/tableau/tableau_server", newest);
    const own = store("srv/tableau", older);
    const tsm = file(`srv/tableau/packages/customer-bin.${older}/tsm`, "");
    chmodSync(tsm, 0o755);
    expect(await found(tsm)).toBe(own);
    const link = join(root, "tsm");
    symlinkSync(tsm, link);
    expect(await found(link)).toBe(own);
    profile(`PATH=$PATH:${dirname(tsm)}\n`);
    expect(await found()).toBe(own);
    expect(await found("/usr/local/bin/a-tsm-of-my-own")).toBe(own);
    rmSync(own);
    expect(await found(tsm)).toEqual(["absent", own]);
    rmSync(join(root, "srv/tableau/packages", `repository.${older}`), { recursive: true });
    expect(await found(tsm)).toEqual(absent(`${root}/srv/tableau/packages`));
  });

  test("all three files come, with the digest over their bytes, and none where it is known", async () => {
    const own = store("opt/tableau/tableau_server", newest, "\0\xff");
    file(`opt/tableau/tableau_server/packages/repository.${newest}/jre/lib/security/blocked.certs`, "blocked");
    file(`opt/tableau/tableau_server/packages/repository.${newest}/jre/conf/security/java.security`, "settings");
    const records = await ask();
    expect(records.map(([kind, name]) => (kind === "file" ? name : kind))).toEqual(["digest", "cacerts", "blocked.certs", "java.security"]);
    const digest = records[0]?.[1] ?? "";
    expect((await node.perform(trustBelow, { known: digest, tsmPath: null, root })).records).toEqual([["digest", digest, own]]);
  });

  // Only root can give files to others, whose settings a privileged script must not run.
  (isRoot ? describe : describe.skip)("as root", () => {
    test("root follows no link in a folder of somebody else, waits for no pipe there, and runs no settings of theirs", async () => {
      const own = store("srv/tableau", newest);
      const folder = dirname(own);
      profile(`TABLEAU_SERVER_INSTALL_DIR=${root}/srv/tableau\n`);
      for (const path of [node.folder, root]) chmodSync(path, 0o755);
      chownSync(folder, 65534, 65534);
      chmodSync(own, 0o644);
      expect(await found()).toBe(own);
      const secret = file("secret", "of root");
      chmodSync(secret, 0o600);
      unlinkSync(own);
      symlinkSync(secret, own);
      expect(await found()).toEqual(["absent", own]);
      unlinkSync(own);
      execFileSync("mkfifo", [own]);
      expect(await found()).toEqual(["absent", own]);
      unlinkSync(own);
      writeFileSync(own, "anybody's");
      chownSync(folder, 0, 0);
      chmodSync(folder, 0o777);
      expect(await found()).toEqual(["absent", `${own}, which is not read because others may write in ${folder}`]);
      const settings = profile(`: > ${root}/was-run\n`);
      const refused = absent(`${root}/opt/tableau/tableau_server/packages (${settings} is not read: others may change it)`);
      for (const make of [
        () => chownSync(dirname(settings), 65534, 65534),
        () => chownSync(settings, 65534, 65534),
        () => chmodSync(settings, 0o664),
        () => {
          renameSync(settings, join(root, "theirs"));
          chownSync(join(root, "theirs"), 65534, 65534);
          symlinkSync(join(root, "theirs"), settings);
        },
      ]) {
        make();
        expect(await found()).toEqual(refused);
        expect(existsSync(join(root, "was-run"))).toBe(false);
        for (const path of [dirname(settings), settings]) chownSync(path, 0, 0);
        chmodSync(settings, 0o644);
      }
      expect(await found()).not.toEqual(refused);
      expect(existsSync(join(root, "was-run"))).toBe(true);
    });

    test("the user of the server is known by the owner of its data, wherever that is, and connectors there are told", async () => {
      const data = join(root, "srv/the data/data/tabsvc");
      mkdirSync(join(data, "vizqlserver/Connectors"), { recursive: true });
      chownSync(data, 65534, 65534);
      const look = async (): Promise<readonly AnswerRecord[]> => {
        const linux = observe.linux.replace(/^root=''$/m, `root='${root}'`);
        const { records } = await node.perform({ ...observe, linux }, { stateDirectory: node.state, digests: [], directories: [] });
        return records
          .filter(([kind]) => kind === "runas" || kind === "processes")
          .map(([kind, first, second]) => [kind, first ?? "", second ?? ""]);
      };
      const usual = await look();
      expect(usual.map(([kind]) => kind)).toEqual(["runas"]);
      profile(`TABLEAU_SERVER_DATA_DIR="${root}/srv/the data"\n`);
      expect(await look()).toEqual([
        ["processes", data, "none"],
        ["runas", "nobody", ""],
      ]);
      writeFileSync(join(data, "vizqlserver/Connectors/theirs.taco"), "");
      expect(await look()).toContainEqual(["processes", data, "some"]);
    });
  });
});
