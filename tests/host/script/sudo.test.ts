import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { HostPool, type Answer, type NodeAddress, type Script } from "../../../provider/host";
import { Secret } from "../../../provider/vocabulary/secret";
import { script } from "../support/contract";
import { node } from "../support/node";
import { until } from "../support/until";
import { noSshd, type Sshd, startSshd } from "../support/sshd";

const has = (command: string): boolean => spawnSync("sh", ["-c", `command -v ${command}`]).status === 0;
const missing = noSshd ?? ["sudo", "useradd", "visudo"].flatMap((command) => (has(command) ? [] : [`there is no ${command}`])).at(0);

// What real sshd, login shells and sudo do, with a user and a sudoers file made for it and removed afterwards.
(missing === undefined ? describe : describe.skip)(`a login user and sudo${missing === undefined ? "" : ` (skipped: ${missing})`}`, () => {
  const user = `ptable${process.pid}`;
  const home = `/home/${user}`;
  const sudoers = `/etc/sudoers.d/zz-${user}`;
  let pool: HostPool;
  let sshd: Sshd;

  beforeAll(async () => {
    execFileSync("useradd", ["-m", "-d", home, "-s", "/bin/bash", "-p", "*", user]);
    sshd = await startSshd();
  });
  afterAll(async () => {
    await sshd.close();
    rmSync(sudoers, { force: true });
    execFileSync("userdel", ["-f", "-r", user], { stdio: "ignore" });
  });
  beforeEach(() => {
    pool = new HostPool();
    allow(`${user} ALL=(root) NOPASSWD: /bin/sh, /usr/bin/sh`);
  });
  afterEach(() => pool.close());

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

  test.each<[string, readonly string[]]>([
    ["as it comes", []],
    ["with a terminal of its own", [`Defaults:${user} use_pty`]],
    ["with a log of what goes in and out", [`Defaults:${user} log_input, log_output`, `Defaults:${user} iolog_dir=/tmp/${user}-log`]],
    ["with a lecture", [`Defaults:${user} lecture=always`]],
  ])("asks sudo once for many scripts: sudo %s", async (_name, lines) => {
    allow(...lines, `${user} ALL=(root) NOPASSWD: /bin/sh, /usr/bin/sh`);
    const text = 'emit "$(id -un)" "$1" "$(cat)"; echo "error $1" >&2; exit "$1"';
    const run = async (n: number, rest: Partial<Script> = {}): Promise<Answer> =>
      host().run(script(text, { as: "privileged", args: [String(n)], ...rest }));
    for (const n of [1, 2, 3]) expect(await run(n)).toMatchObject({ records: [["root", String(n), ""]], status: n });
    expect(await run(4, { input: Buffer.from("text\n") })).toMatchObject({ records: [["root", "4", "text"]], errorText: "error 4" });
    expect(await run(5, { args: ["5", "x".repeat(90_000)] })).toMatchObject({ records: [["root", "5", ""]], errorText: "error 5" });
    expect(pool.counts).toMatchObject({ sessions: 1, scripts: 5 });
    rmSync(`/tmp/${user}-log`, { recursive: true, force: true });
  });

  test.each([
    ["rests", "", []],
    ["rests, with a terminal for sudo", "", [`Defaults:${user} use_pty`]],
    ["runs a script", "sleep 1", []],
  ])(
    "a shell ends on the node when its client is killed: it %s",
    async (_what, last, lines) => {
      allow(...lines, `${user} ALL=(root) NOPASSWD: /bin/sh, /usr/bin/sh`);
      const { connection, ...address } = node(sshd.port, { user, hostKey: sshd.hostKey }, "sudo");
      const job = JSON.stringify({ ...address, connection, privateKey: sshd.privateKey });
      const register = join(__dirname, "../../../scripts/typescript-hook.cjs");
      const client = spawn(process.execPath, ["--require", register, join(__dirname, "../support/client-process.ts"), job, last]);
      const [printed] = (await once(client.stdout, "data")) as [Buffer];
      const pids = [...new Set(printed.toString().trim().split(" "))];
      // Two shells, each with what started it.
      expect(pids).toHaveLength(4);
      const there = (): string[] => pids.filter((pid) => existsSync(`/proc/${pid}`));
      expect(there()).toEqual(pids);
      client.kill("SIGKILL");
      await until(() => there().length === 0);
    },
    30_000,
  );

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
        message: expect.stringMatching(/can log in, but run no script: its login shell is nologin/),
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
