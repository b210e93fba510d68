import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { Client, type SFTPWrapper } from "ssh2";
import { makeTaco, type NodeDescription } from "../../../simulator";
import { place, pluginsPath, sharedCluster, ssh } from "../support";

const prefix = "chcp 65001>nul 2>&1&";
const probe = `${prefix}set OS&set COMPUTERNAME&set USERNAME&set ProgramData&set NONE&set TABLEAU_SERVER&reg query HKLM\\SYSTEM\\CurrentControlSet\\Control\\Nls\\CodePage /v ACP`;
const lock = String.raw`${prefix}(echo pt-locked&set /p x=) 9>"C:\ProgramData\pulumi-tableau\lock"`;

describe("a cluster of Windows nodes", () => {
  const shared = sharedCluster({ platform: "windows", nodes: 2 });
  const node = (index = 0): NodeDescription | undefined => shared.cluster.nodes[index];
  const taco = makeTaco({ class: "a_jdbc", pluginVersion: "1.0.0" });
  const live = "C:/Program Files/Tableau/Connectors/a_jdbc.taco";

  afterEach(async () => {
    await shared.cluster.clearFaults();
    for (const [name, setting] of [
      ["openPackages", "closed"],
      ["certutilDigest", "joined"],
      ["windowsLanguage", "english"],
      ["processList", "whole"],
    ] as const) {
      await shared.cluster.switch(name, setting);
    }
  });

  test("is described as any other", () => {
    expect(shared.cluster.server).toMatchObject({
      name: "simulated",
      platform: "windows",
      nodes: [{ name: "node1", connection: { user: "Administrator" } }, {}],
    });
    expect(shared.cluster.server).not.toHaveProperty("privilege");
    expect(shared.cluster.paths).toEqual({
      connectors: "C:/Program Files/Tableau/Connectors",
      state: "C:/ProgramData/pulumi-tableau",
      trustStore: "C:/Program Files/Tableau/Tableau Server/packages/repository.20242.24.0807.0327/jre/lib/security/cacerts",
      tsm: String.raw`C:\Program Files\Tableau\Tableau Server\packages\bin.20242.24.0807.0327\tsm.cmd`,
    });
    expect(existsSync(shared.cluster.trustStore)).toBe(true);
  });

  test("tells what the provider asks first, with the line ends of Windows", async () => {
    const { status, stdout, stderr } = await ssh(node(1), probe);
    expect(status).toBe(0);
    expect(stderr).toBe("Environment variable NONE not defined\r\n");
    expect(stdout.split("\r\n")).toEqual([
      "OS=Windows_NT",
      "COMPUTERNAME=NODE2",
      "USERNAME=Administrator",
      "ProgramData=C:\\ProgramData",
      "TABLEAU_SERVER_CONFIG_NAME=tabsvc",
      "TABLEAU_SERVER_DATA_DIR=C:\\ProgramData\\Tableau\\Tableau Server",
      "TABLEAU_SERVER_DATA_DIR_VERSION=20242.24.0807.0327",
      "TABLEAU_SERVER_INSTALL_DIR=C:\\Program Files\\Tableau\\Tableau Server",
      "",
      "HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\Nls\\CodePage",
      "    ACP    REG_SZ    1252",
      "",
      "",
    ]);
  });

  test.each([
    ["whoami", 0, "node1\\administrator\r\n", ""],
    ["chcp", 0, "Active code page: 437\r\n", ""],
    ["echo a&echo b 1>&2", 0, "a\r\n", "b \r\n"],
    ["nonesuch", 1, "", "'nonesuch' is not recognized as an internal or external command,\r\noperable program or batch file.\r\n"],
    ["echo (a", 0, "(a\r\n", ""],
    ["(echo a", 255, "", "The syntax of the command is incorrect.\r\n"],
    ["exit 7", 7, "", ""],
    ['echo x>C:\\one&copy /b /y C:\\one "C:\\two"&type C:\\TWO', 0, "        1 file(s) copied.\r\nx\r\n", ""],
    ["copy /b /y C:\\none C:\\three", 1, "", "The system cannot find the file specified.\r\n"],
    ["mkdir C:\\a&mkdir C:\\a\\b&echo x>C:\\a\\b\\c&rd C:\\a", 1, "", "The directory is not empty.\r\n"],
    ['rd /s /q "C:\\A"&type C:\\a\\b\\c', 1, "", "The system cannot find the path specified.\r\n"],
    ["type C:\\none", 1, "", "The system cannot find the file specified.\r\n"],
    ["echo x>C:\\none\\file&echo after", 0, "after\r\n", "The system cannot find the path specified.\r\n"],
  ])("%s", async (line, status, stdout, stderr) => {
    expect(await ssh(node(), line)).toMatchObject({ status, stdout, stderr });
  });

  test("tsm.cmd answers as tsm does, over the batch file's rules", async () => {
    const tsm = `"${shared.cluster.paths.tsm}"`;
    expect(await ssh(node(), `${prefix}${tsm} version`)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("20242.24.0807.0327.\r\n"),
    });
    const set = `${tsm} configuration set -k ${pluginsPath} -v "C:/with blank & more" --force-keys`;
    expect(await ssh(node(), set)).toMatchObject({ status: 0 });
    expect((await shared.cluster.state()).calls.at(-1)).toMatchObject({
      node: "node1",
      user: "Administrator",
      argv: ["configuration", "set", "-k", pluginsPath, "-v", "C:/with blank & more", "--force-keys"],
    });
    await shared.cluster.tsm(["pending-changes", "discard"]);
    await shared.cluster.fault("not-authorised");
    const login = `${tsm} login -u admin`;
    expect(await ssh(node(), login, "tableau-admin\n")).toMatchObject({ status: 0 });
    expect((await shared.cluster.state()).calls.at(-1)).toMatchObject({ stdin: "carried" });
  });

  test("a lock by redirection has one holder, and goes with its session", async () => {
    await ssh(node(), "mkdir C:\\ProgramData\\pulumi-tableau");
    const holder = await connect(node());
    const held = await new Promise<{ end: () => void; text: string }>((resolve, reject) => {
      holder.exec(lock, (error, channel) => {
        if (error !== undefined) return reject(error);
        channel.on("data", (bytes: Buffer) => resolve({ end: () => channel.end(), text: bytes.toString() }));
      });
    });
    expect(held.text).toBe("pt-locked\r\n");
    const busy = { status: 1, stdout: "", stderr: "The process cannot access the file because it is being used by another process.\r\n" };
    expect(await ssh(node(), lock)).toMatchObject(busy);
    expect(await ssh(node(1), lock)).toMatchObject({ stderr: "The system cannot find the path specified.\r\n" });
    holder.end();
    await new Promise((resolve) => holder.once("close", () => resolve(undefined)));
    let again = await ssh(node(), lock);
    for (let attempt = 0; attempt < 50 && again.stdout === ""; attempt++) again = await ssh(node(), lock);
    expect(again).toMatchObject({ status: 1, stdout: "pt-locked\r\n" });
  });

  test("files go over SFTP by Windows' rules", async () => {
    const client = await connect(node());
    const sftp = await new Promise<SFTPWrapper>((resolve, reject) =>
      client.sftp((error, wrapper) => (error === undefined ? resolve(wrapper) : reject(error))),
    );
    const call = (action: (done: (error?: Error | null) => void) => void): Promise<number | undefined> =>
      new Promise((resolve) => action((error) => resolve((error as { code?: number } | null | undefined)?.code)));
    const folder = "/C:/Program Files/Tableau/Connectors";
    await call((done) => sftp.mkdir(folder, done));
    expect(await call((done) => sftp.mkdir(folder.toUpperCase(), done))).toBe(4);
    await new Promise((resolve) => sftp.writeFile(`${folder}/a.part`, taco, resolve));
    await new Promise((resolve) => sftp.writeFile(`${folder}/b.part`, "b", resolve));
    expect(await call((done) => sftp.rename(`${folder}/b.part`, `${folder}/A.PART`, done))).toBe(4);
    expect(
      await call((done) => sftp.ext_openssh_rename(`${folder}/a.part`, "C:\\Program Files\\Tableau\\Connectors\\a_jdbc.taco", done)),
    ).toBe(undefined);
    const names = await new Promise((resolve) =>
      sftp.readdir(folder, (_error, list) => resolve(list.map(({ filename }) => filename).sort())),
    );
    expect(names).toEqual(["a_jdbc.taco", "b.part"]);
    expect(readFileSync(shared.cluster.nodePath("node1", live))).toEqual(taco);
    const back = await new Promise((resolve) => sftp.readFile(`${folder}/A_JDBC.taco`, (_error, bytes) => resolve(bytes)));
    expect(back).toEqual(taco);
    expect(await call((done) => sftp.stat(`${folder}/none`, done))).toBe(2);
    expect(await call((done) => sftp.stat(`${folder}/no?ne`, done))).toBe(2);
    expect(await call((done) => sftp.open(`${folder}/nul.taco`, "w", (error) => done(error)))).toBe(2);
    expect(await call((done) => sftp.chmod(`${folder}/b.part`, 0o600, done))).toBe(undefined);
    expect(await call((done) => sftp.chown(`${folder}/b.part`, 1, 1, done))).toBe(4);
    expect(await new Promise((resolve) => sftp.realpath(".", (_error, path) => resolve(path)))).toBe("/C:/Users/Administrator");
    expect(await new Promise((resolve) => sftp.ext_openssh_statvfs(folder, (_error, stats) => resolve(stats)))).toMatchObject({
      f_namemax: 259,
    });
    expect(await call((done) => sftp.unlink(`${folder}/b.part`, done))).toBe(undefined);
    expect(await call((done) => sftp.rmdir(folder, done))).toBe(4);
    await shared.cluster.fault("read-only", "node1");
    expect(await call((done) => sftp.unlink(`${folder}/a_jdbc.taco`, done))).toBe(3);
    await shared.cluster.clearFaults();
    await shared.cluster.fault("disk-full", `node1:10`);
    expect(await call((done) => sftp.writeFile(`${folder}/big.part`, taco, done))).toBe(4);
    client.end();
  });

  test.each(["locked", "renamable"] as const)("a package that the server has open: %s", async (setting) => {
    const { cluster } = shared;
    place(cluster, "node1", live, taco);
    await cluster.switch("openPackages", setting);
    await cluster.tsm(["restart"]);
    expect((await cluster.state()).nodes[0]?.loaded).toMatchObject([{ class: "a_jdbc", file: live }]);
    const client = await connect(node());
    const sftp = await new Promise<SFTPWrapper>((resolve, reject) =>
      client.sftp((error, wrapper) => (error === undefined ? resolve(wrapper) : reject(error))),
    );
    const codeOf = (action: (done: (error?: Error | null) => void) => void): Promise<number | undefined> =>
      new Promise((resolve) => action((error) => resolve((error as { code?: number } | null | undefined)?.code)));
    await codeOf((done) => sftp.writeFile("/C:/Program Files/Tableau/Connectors/new.part", "new", done));
    const replace = (done: (error?: Error | null) => void): void =>
      sftp.ext_openssh_rename("/C:/Program Files/Tableau/Connectors/new.part", `/${live}`, done);
    const away = (done: (error?: Error | null) => void): void => sftp.rename(`/${live}`, `/${live}.old`, done);
    expect(await codeOf(replace)).toBe(setting === "locked" ? 4 : undefined);
    if (setting === "locked") expect(await codeOf(away)).toBe(3);
    expect(readFileSync(cluster.nodePath("node1", live), "utf8") === "new").toBe(setting === "renamable");
    await cluster.tsm(["stop"]);
    expect(await codeOf((done) => sftp.unlink(`/${live}`, done))).toBe(undefined);
    await cluster.tsm(["start"]);
    client.end();
  });

  test("digests, in every form", async () => {
    place(shared.cluster, "node1", live, taco);
    const digest = createHash("sha256").update(taco).digest("hex");
    const line = `${prefix}echo pt-hash 0&certutil -hashfile "${live.replaceAll("/", "\\")}" SHA256&echo pt-hash 1&certutil -hashfile "C:\\none" SHA256`;
    const lines = async (): Promise<string[]> => (await ssh(node(), line)).stdout.split("\r\n");
    expect((await lines()).slice(0, 6)).toEqual([
      "pt-hash 0",
      `SHA256 hash of ${live.replaceAll("/", "\\")}:`,
      digest,
      "CertUtil: -hashfile command completed successfully.",
      "pt-hash 1",
      "CertUtil: -hashfile command FAILED: 0x80070002 (WIN32: 2 ERROR_FILE_NOT_FOUND)",
    ]);
    await shared.cluster.switch("windowsLanguage", "german");
    await shared.cluster.switch("certutilDigest", "pairs");
    expect((await lines())[2]).toBe(digest.replace(/..(?!$)/g, "$& "));
    expect((await lines())[3]).toBe("CertUtil: -hashfile-Befehl wurde erfolgreich ausgeführt.");
    await shared.cluster.switch("certutilDigest", "blocked");
    expect(await lines()).toEqual(["pt-hash 0", "pt-hash 1", ""]);
  });

  test("the server's processes start and end with it", async () => {
    const script = Buffer.from("Get-CimInstance Win32_Process", "utf16le").toString("base64");
    const list = async (): Promise<string[]> => (await ssh(node(), `powershell -NoProfile -EncodedCommand ${script}`)).stdout.split("\r\n");
    const now = BigInt(Date.now()) * 10_000n + 621_355_968_000_000_000n;
    const before = await list();
    expect(before[0]).toMatch(/^clock \d{18}$/);
    expect(Number(BigInt((before[0] ?? "").slice(6)) - now) / 1e7).toBeLessThan(60);
    expect(before[1]).toMatch(/^process \d{18} \d+ vizportal\.exe "C:\\Program Files\\.*vizportal\.exe" /);
    await shared.cluster.tsm(["stop"]);
    expect(await list()).toHaveLength(2);
    await shared.cluster.tsm(["start"]);
    await shared.cluster.switch("processList", "no-command-lines");
    expect((await list())[1]).toMatch(/^process \d{18} \d+ vizportal\.exe $/);
    await shared.cluster.switch("processList", "blocked");
    expect(await list()).toEqual([""]);
  });

  test("the path key may be written in any way", async () => {
    const { cluster } = shared;
    place(cluster, "node2", "D:/Tableau/b_jdbc.taco", makeTaco({ class: "b_jdbc", pluginVersion: "2.0.0" }));
    await cluster.tsm(["configuration", "set", "-k", pluginsPath, "-v", "d:\\tableau\\", "--force-keys"]);
    await cluster.tsm(["pending-changes", "apply", "--ignore-prompt"]);
    const state = await cluster.state();
    expect(state.nodes[1]?.loaded).toMatchObject([{ class: "b_jdbc", file: "D:/Tableau/b_jdbc.taco", usable: true }]);
    expect(state.nodes[1]?.files.map(({ path }) => path)).toContain("D:/Tableau/b_jdbc.taco");
  });

  test("noise before every command, a banner, missing variables, faults that are not for Windows", async () => {
    await shared.cluster.fault("noisy-login", "Hello");
    expect((await ssh(node(), "echo a")).stdout).toBe("Hello\r\na\r\n");
    await shared.cluster.fault("tsm-not-on-path");
    expect((await ssh(node(), "set TABLEAU_SERVER")).status).toBe(1);
    await shared.cluster.fault("several-versions");
    expect(
      existsSync(shared.cluster.nodePath("node1", "C:/Program Files/Tableau/Tableau Server/packages/bin.20191.19.0215.0259/tsm.cmd")),
    ).toBe(true);
    await expect(shared.cluster.fault("requiretty")).rejects.toMatchObject({ code: "simulator-failed" });
  });
});

function connect(node: NodeDescription | undefined): Promise<Client> {
  const { connection } = node ?? {};
  if (connection === undefined) throw new Error("no connection");
  const { host, port, user, privateKey } = connection;
  return new Promise((resolve, reject) => {
    const client = new Client();
    client.on("error", reject);
    client.on("ready", () => resolve(client));
    client.connect({ host, port, username: user, privateKey });
  });
}
