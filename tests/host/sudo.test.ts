import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { HostPool, type NodeAddress } from "../../provider/host";
import { Secret } from "../../provider/secret";
import { script } from "./support/contract";
import { node } from "./support/node";
import { noSshd, type Sshd, startSshd } from "./support/sshd";

const has = (command: string): boolean => spawnSync("sh", ["-c", `command -v ${command}`]).status === 0;
const missing = noSshd ?? ["sudo", "useradd", "visudo"].flatMap((command) => (has(command) ? [] : [`there is no ${command}`])).at(0);

// What real sshd, login shells and sudo do, with a user and a sudoers file made for it and removed afterwards.
(missing === undefined ? describe : describe.skip)(`a login user and sudo${missing === undefined ? "" : ` (skipped: ${missing})`}`, () => {
  const user = `ptable${process.pid}`;
  const home = `/home/${user}`;
  const sudoers = `/etc/sudoers.d/zz-${user}`;
  const pool = new HostPool();
  let sshd: Sshd;

  beforeAll(async () => {
    execFileSync("useradd", ["-m", "-d", home, "-s", "/bin/bash", "-p", "*", user]);
    sshd = await startSshd();
  });
  afterAll(async () => {
    pool.close();
    await sshd.close();
    rmSync(sudoers, { force: true });
    execFileSync("userdel", ["-f", "-r", user], { stdio: "ignore" });
  });
  beforeEach(() => allow(`${user} ALL=(root) NOPASSWD: /bin/sh, /usr/bin/sh`));

  const allow = (...lines: readonly string[]): void => writeFileSync(sudoers, `${lines.join("\n")}\n`, { mode: 0o440 });
  const host = (privilege: NodeAddress["privilege"] = "sudo", login = user) =>
    pool.host(node(sshd.port, { user: login, privateKey: new Secret(sshd.privateKey), hostKey: sshd.hostKey }, privilege));
  const whoAmI = script('emit "$(id -un)" "$(cat)"', { as: "privileged", input: Buffer.from("input") });

  test("runs scripts as the login user and as root, in one session each", async () => {
    expect((await host().run({ ...whoAmI, as: "login" })).records).toEqual([[user, "input"]]);
    expect((await host().run(whoAmI)).records).toEqual([["root", "input"]]);
    expect((await host("none").run(whoAmI)).records).toEqual([[user, "input"]]);
  });

  test("is not bothered by a login shell that prints and a umask of 077", async () => {
    writeFileSync(
      join(home, ".bashrc"),
      "umask 077\necho '*** welcome ***'\nprintf 'no newline'\necho error >&2\n(sleep 1; echo late) &\n",
    );
    const file = join(sshd.directory, "made");
    try {
      expect((await host().run(script('mkdir "$1"; : > "$1/file"; emit done', { args: [file], as: "privileged" }))).records).toEqual([
        ["done"],
      ]);
      expect([statSync(file).mode & 0o777, statSync(join(file, "file")).mode & 0o777]).toEqual([0o755, 0o644]);
    } finally {
      rmSync(join(home, ".bashrc"));
    }
  });

  test("shows no lecture in the answer", async () => {
    allow(`Defaults:${user} lecture=always`, `${user} ALL=(root) NOPASSWD: /bin/sh, /usr/bin/sh`);
    expect((await host().run(whoAmI)).records).toEqual([["root", "input"]]);
  });

  test.each<[string, readonly string[], RegExp]>([
    ["no rights", [], /asks for a password.*NOPASSWD: \/bin\/sh, \/usr\/bin\/sh/],
    ["a password", [`$USER ALL=(root) ALL`], /asks for a password/],
    ["another command only", [`$USER ALL=(root) NOPASSWD: /usr/bin/id`], /asks for a password|does not allow/],
    ["a terminal", [`Defaults:$USER requiretty`, `$USER ALL=(root) NOPASSWD: ALL`], /requiretty.*"Defaults:\S+ !requiretty"/],
  ])("is refused where sudo wants %s", async (_name, lines, text) => {
    allow(...lines.map((line) => line.replaceAll("$USER", user)));
    await expect(host().run(whoAmI)).rejects.toMatchObject({
      code: "host-privilege-refused",
      node: "node1",
      message: expect.stringMatching(text),
    });
  });

  test("takes the sudoers line of its own error", async () => {
    allow("");
    const error = await host()
      .run(whoAmI)
      .then(
        () => undefined,
        (refusal: unknown) => refusal as Error,
      );
    const line = /add the line "([^"]+)"/.exec(error?.message ?? "")?.[1] ?? "";
    allow(line);
    execFileSync("visudo", ["-cqf", sudoers]);
    expect((await host().run(whoAmI)).records).toEqual([["root", "input"]]);
  });

  test("needs no sudo as root", async () => {
    expect((await host("sudo", "root").run(whoAmI)).records).toEqual([["root", "input"]]);
  });

  test("tells of a login shell that refuses", async () => {
    const nologin = ["/usr/sbin/nologin", "/sbin/nologin"].find((path) => existsSync(path));
    execFileSync("usermod", ["-s", nologin ?? "/bin/false", user]);
    // sshd reads the login shell when somebody logs in.
    const fresh = new HostPool();
    try {
      await expect(
        fresh.host(node(sshd.port, { user, privateKey: new Secret(sshd.privateKey), hostKey: sshd.hostKey }, "sudo")).run(whoAmI),
      ).rejects.toMatchObject({
        code: "host-login-refused",
        message: expect.stringMatching(/did not run the script/),
      });
    } finally {
      fresh.close();
      execFileSync("usermod", ["-s", "/bin/bash", user]);
    }
  });
});

(noSshd === undefined ? describe : describe.skip)("a strict sshd", () => {
  test.each([1, 3])(
    "that allows %d sessions on a connection runs 15 scripts over one",
    async (maxSessions) => {
      const sshd = await startSshd([`MaxSessions ${maxSessions}`]);
      const pool = new HostPool();
      try {
        const host = pool.host(node(sshd.port, { user: "root", privateKey: new Secret(sshd.privateKey), hostKey: sshd.hostKey }));
        const answers = await Promise.all(Array.from({ length: 15 }, async () => host.run(script("emit a"))));
        expect(answers).toHaveLength(15);
        expect(pool.counts.connections).toBe(1);
      } finally {
        pool.close();
        await sshd.close();
      }
    },
    40_000,
  );

  test("that drops connections before the key exchange lets all in in the end", async () => {
    const sshd = await startSshd(["MaxStartups 2:50:6"]);
    const pools = Array.from({ length: 20 }, () => new HostPool());
    try {
      const address = node(sshd.port, { user: "root", privateKey: new Secret(sshd.privateKey), hostKey: sshd.hostKey, dialErrorLimit: 10 });
      const answers = await Promise.all(pools.map(async (pool) => pool.host(address).run(script("emit a"))));
      expect(answers).toHaveLength(20);
    } finally {
      pools.forEach((pool) => pool.close());
      await sshd.close();
    }
  }, 60_000);
});
