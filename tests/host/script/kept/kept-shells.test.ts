import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { ServerChannel } from "ssh2";
import type { Host } from "../../../../provider/host";
import { Secret } from "../../../../provider/vocabulary/secret";
import { script } from "../../support/contract";
import { startHost } from "../../support/start-host";
import { until } from "../../support/until";

let folder = "";
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "kept-shells-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const pidOf = async (host: Host): Promise<number> => Number((await host.run(script('emit "$$"'))).records[0]?.[0]);
const isThere = (pid: number): boolean => existsSync(`/proc/${String(pid)}`);
const inTurn = async (host: Host, texts: readonly string[]): Promise<void> => {
  for (const text of texts) expect(await host.run(script(text))).toMatchObject({ status: 0 });
};

const exit = (channel: ServerChannel, status: number): void => {
  channel.exit(status);
  channel.end();
};

describe("scripts one after the other", () => {
  test("share one session for each user of the node", async () => {
    const { at, host, pool } = await startHost();
    for (const as of ["login", "privileged", "login", "privileged"] as const) {
      expect(await host.run(script('emit "$1"; echo "of $1" >&2', { args: [as], as }))).toMatchObject({
        records: [[as]],
        errorText: `of ${as}`,
      });
    }
    expect(at.execs).toHaveLength(2);
    expect(pool.counts).toMatchObject({ sessions: 2, scripts: 4, connections: 1 });
  });

  test("take short text as input along, other input has a session of its own", async () => {
    const { at, host, pool } = await startHost();
    const reads = (input: Buffer | Secret) => script('emit "$(cat | wc -c | tr -d " ")"', { input });
    const lengths = async (...inputs: (Buffer | Secret)[]): Promise<(string | undefined)[]> => {
      const seen = [];
      for (const input of inputs) seen.push((await host.run(reads(input))).records[0]?.[0]);
      return seen;
    };
    expect(await lengths(Buffer.from("before any shell is kept"))).toEqual(["24"]);
    await inTurn(host, [""]);
    expect(at.execs).toHaveLength(2);
    expect(await lengths(Buffer.from("{ 'text' }\n"), Buffer.from(""))).toEqual(["11", "0"]);
    expect(at.execs).toHaveLength(2);
    expect(pool.counts.bytesSent).toBe(35);
    expect(await lengths(Buffer.from([0, 255]), Buffer.alloc(100_000, "x"), new Secret("s3cret"))).toEqual(["2", "100000", "6"]);
    expect(at.execs).toHaveLength(5);
    expect(at.execs.join("")).not.toMatch(/s3cret|before any/);
  });

  test("say nothing of what one has left in the background", async () => {
    const { host } = await startHost();
    const late = join(folder, "late");
    await host.run(script('(sleep 0.2; emit late; echo late; echo late >&2; : >"$1") & emit a', { args: [late] }));
    await until(() => existsSync(late));
    expect(await host.run(script("emit b"))).toEqual({ records: [["b"]], status: 0, errorText: "" });
  });
});

test("scripts at the same time do not wait for each other", async () => {
  const { at, host } = await startHost();
  await inTurn(host, ["", ""]);
  const flag = join(folder, "flag");
  const waits = host.run(script('while ! [ -e "$1" ]; do sleep 0.02; done; emit waited', { args: [flag] }));
  expect(await host.run(script(': >"$1"; emit set', { args: [flag] }))).toMatchObject({ records: [["set"]] });
  expect(await waits).toMatchObject({ records: [["waited"]] });
  await inTurn(host, ["", ""]);
  await Promise.all([host.run(script("")), host.run(script(""))]);
  expect(at.execs).toHaveLength(2);
});

describe("a shell that is prepared", () => {
  test("takes the next script of its user without a further session", async () => {
    const { at, host, pool } = await startHost();
    for (const as of ["login", "privileged", "login"] as const) host.prepare?.(as, 20);
    for (const as of ["privileged", "login"] as const) {
      expect(await host.run(script('emit "$1"; echo "of $1" >&2', { args: [as], as }))).toEqual({
        records: [[as]],
        status: 0,
        errorText: `of ${as}`,
      });
    }
    expect(at.execs).toHaveLength(2);
    expect(pool.counts).toMatchObject({ sessions: 2, scripts: 2, connections: 1 });
    host.prepare?.("login", 20);
    await inTurn(host, [""]);
    expect(at.execs).toHaveLength(2);
  });

  test("is waited for by one script, another that comes meanwhile has its own", async () => {
    const { at, host } = await startHost();
    host.prepare?.("login", 20);
    const answers = await Promise.all(["a", "b"].map((name) => host.run(script('emit "$1"', { args: [name] }))));
    expect(answers.map(({ records }) => records)).toEqual([[["a"]], [["b"]]]);
    expect(at.execs).toHaveLength(2);
  });

  test.each<[string, (channel: ServerChannel) => void]>([
    ["ends", (channel) => exit(channel, 1)],
    ["hangs", () => undefined],
  ])("and %s leaves it to the script to tell", async (_what, first) => {
    let refused = "";
    const { at, host } = await startHost({
      exec: (command, channel) => {
        if (refused !== "") channel.stderr.write("no such shell\n");
        if (refused === "") first(channel);
        else exit(channel, 7);
        refused = command;
      },
    });
    host.prepare?.("login", 0.2);
    await expect(host.run(script("", { name: "look" }))).rejects.toMatchObject({
      code: "host-login-refused",
      message: expect.stringMatching(/"look": it ended with exit status 7.*no such shell/),
    });
    expect(at.execs).toHaveLength(2);
  });

  test("on a node that cannot be reached is no failure of its own", async () => {
    const { at, host } = await startHost();
    await at.close();
    host.prepare?.("login", 20);
    await expect(host.run(script(""))).rejects.toMatchObject({ code: "host-unreachable" });
  });

  test.each([1, 2])("leaves its place to who needs it where a server allows %d sessions", async (maxSessions) => {
    const { host } = await startHost({ maxSessions });
    const opened = maxSessions === 1 ? undefined : host.open(script("emit a; cat"));
    for (const as of ["privileged", "login"] as const) host.prepare?.(as, 20);
    const session = await opened;
    const answers = await Promise.all(["login", "privileged"].map((as) => host.run(script("", { as: as as "login" }))));
    expect(answers.map(({ status }) => status)).toEqual([0, 0]);
    await session?.close();
  });
});

describe("a shell that ends", () => {
  test.each(["after its first script", "after its second script"])("%s is not noticed by the next one", async (when) => {
    const { at, host } = await startHost();
    if (when !== "after its first script") await inTurn(host, [""]);
    const pid = await pidOf(host);
    process.kill(pid, "SIGKILL");
    await until(() => at.sessions() === 0);
    await sleep(100);
    expect(await pidOf(host)).not.toBe(pid);
    expect(at.execs).toHaveLength(2);
  });

  test("during a script ends it, and the script does not run again", async () => {
    const { at, host } = await startHost();
    await inTurn(host, [""]);
    const ran = join(folder, "ran");
    const killed = host.run(script('echo ran >>"$1"; kill -9 $$; sleep 1', { args: [ran] }));
    await expect(killed).rejects.toMatchObject({ code: "host-answer-unreadable", message: expect.stringMatching(/is cut.*SIGKILL|KILL/) });
    await inTurn(host, ["emit next"]);
    expect(readFileSync(ran, "utf8")).toBe("ran\n");
    expect(at.execs).toHaveLength(2);
  });

  test("at the moment at which it gets a script: the script is not sent twice", async () => {
    const answering = (command: string, channel: ServerChannel): void => {
      const nonce = /pt_n=([0-9a-f]+)/.exec(command)?.[1] ?? "";
      const mark = (word: string): string => `<<pulumi-tableau ${nonce} ${word}>>\n`;
      channel.stderr.write(mark("end 0"));
      channel.write(mark("begin") + mark("end 0"));
      channel.once("data", () => {
        exit(channel, 3);
      });
    };
    const { at, host } = await startHost({ exec: answering });
    await inTurn(host, [""]);
    await expect(host.run(script(""))).rejects.toMatchObject({
      code: "host-connection-lost",
      node: "node1",
      message: expect.stringMatching(/exit status 3/),
    });
    expect(at.execs).toHaveLength(1);
    await inTurn(host, [""]);
    expect(at.execs).toHaveLength(2);
  });
});

test.each<[string, string, number, string]>([
  ["that takes too long", "emit a; sleep 30", 0.3, "host-timeout"],
  ["whose answer cannot be read", `printf '<<pulumi-tableau %s nonsense>>\\n' "$pt_n"; sleep 30`, 20, "host-answer-unreadable"],
])("a script %s is the last one of its shell", async (_what, text, timeoutSeconds, code) => {
  const { at, host } = await startHost();
  const before = await pidOf(host);
  await expect(host.run(script(text, { timeoutSeconds }))).rejects.toMatchObject({ code });
  expect(await pidOf(host)).not.toBe(before);
  expect(at.execs).toHaveLength(2);
});

describe("where a server allows few sessions", () => {
  test.each([
    ["one", 1, {}],
    ["two", 2, {}],
    ["more than we open", 100, { sessionsPerConnection: 1 }],
  ])("%s, shells that rest make room", async (_name, maxSessions, poolOptions) => {
    const { at, host } = await startHost({ maxSessions }, poolOptions);
    for (const as of ["login", "privileged", "login", "privileged"] as const) {
      expect(await host.run(script("", { as }))).toMatchObject({ status: 0 });
    }
    await Promise.all(["login", "privileged", "login"].map((as) => host.run(script("", { as: as as "login" }))));
    expect(await host.run(script("cat", { input: Buffer.from([0]) }))).toMatchObject({ status: 0 });
    const session = await host.open(script("emit a; cat"));
    await session.close();
    await inTurn(host, ["", ""]);
    expect(at.connections()).toBe(1);
  });
});

test("a shell that rests ends when the pool is closed", async () => {
  const first = await startHost();
  const pid = await pidOf(first.host);
  expect(isThere(pid)).toBe(true);
  first.pool.close();
  await until(() => !isThere(pid));
});

test("a script has its answer though what it left in the background floods its errors", async () => {
  const { host } = await startHost();
  const stop = join(folder, "stop");
  const floods = 'while ! [ -e "$1" ]; do echo flood >&2; done & emit a';
  expect(await host.run(script(floods, { args: [stop] }))).toMatchObject({ records: [["a"]], status: 0 });
  expect(await host.run(script("emit b"))).toMatchObject({ records: [["b"]], status: 0 });
  writeFileSync(stop, "");
});
