import { execFileSync } from "node:child_process";
import dns from "node:dns";
import fs from "node:fs/promises";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { soundKeyPair } from "../../../simulator/nodes/sound-key-pair";
import { type Connection, type Host, HostPool, type HostPoolOptions } from "../../../provider/host";
import { type Waits, waits } from "../../../provider/host/limits";
import { readSmallFile } from "../../../provider/host/read-small-file";
import { wireString } from "../../../provider/host/keys/wire";
import { Secret } from "../../../provider/vocabulary/secret";
import { script } from "../support/contract";
import { node } from "../support/node";
import { answersOnce, fullPort, neverCloses, onlyBegins, printsNothing, sayingOnly } from "../support/silent-servers";
import { startSshServer, type TestServer, type TestServerOptions } from "../support/ssh-server";
import { closeLater, startHost } from "../support/start-host";

// Short here; everything else of a wait is as it is. A wait without an end would outlast its test.
const short = 0.4;
const shortWaits = Object.fromEntries(Object.keys(waits).map((name) => [name, short])) as unknown as Waits;
const password = new Secret("pw");

const folder = mkdtempSync(join(tmpdir(), "silent-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => jest.restoreAllMocks());

const only = (...names: readonly (keyof Waits)[]): HostPoolOptions => ({
  agentOfEnvironment: "",
  waits: Object.fromEntries(names.map((name) => [name, shortWaits[name]])),
});

function hostAt(port: number, connection: Partial<Connection> = {}, options: HostPoolOptions = only()): Host {
  const pool = new HostPool(options);
  closeLater(() => pool.close());
  return pool.host(node(port, { dialErrorLimit: 1, perDialTimeout: short, ...connection }));
}

async function started(options: TestServerOptions): Promise<TestServer> {
  const at = await startSshServer({ password: "pw", ...options });
  closeLater(() => at.close());
  return at;
}

const quick = (text: string, timeoutSeconds = 20) => script(text, { timeoutSeconds });

describe("a silent peer ends a connection that is made:", () => {
  test.each<[string, RegExp, () => Promise<Host> | Host]>([
    [
      "a name server",
      /the name nobody\.invalid was not resolved within 0\.4 seconds/,
      () => {
        jest.spyOn(dns, "lookup").mockImplementation(() => undefined);
        return hostAt(22, { password, host: "nobody.invalid" });
      },
    ],
    ["a machine that is down", /no TCP connection was made within 0\.4 seconds/, async () => hostAt(await fullPort(), { password })],
    ["a server without a word", /no SSH server said anything within 0\.4 seconds/, async () => hostAt(await sayingOnly(""), { password })],
    [
      "a server that goes on saying who it is",
      /no SSH server said anything within 0\.4 seconds/,
      async () => hostAt(await sayingOnly("SSH-2.0-almost"), { password }),
    ],
    [
      "a server that only says who it is",
      /the key exchange did not end within/,
      async () => hostAt(await sayingOnly("SSH-2.0-OpenSSH_9.2p1\r\n"), { password }),
    ],
    [
      "the same without perDialTimeout",
      /the key exchange did not end within 0\.4 seconds/,
      async () => hostAt(await sayingOnly("SSH-2.0-OpenSSH_9.2p1\r\n"), { password, perDialTimeout: 0 }, only("longestDial")),
    ],
    [
      "a login",
      /the login did not end within 0\.4 seconds/,
      async () => {
        const at = await started({ silentAt: "authentication" });
        return hostAt(at.port, { password, hostKey: at.hostKey }, only("login"));
      },
    ],
    [
      "a jump host that is asked to connect",
      /the jump host did not answer within 0\.4 seconds/,
      async () => {
        const jump = await started({ silentAt: "forward" });
        const proxy = { ...node(jump.port, { password, hostKey: jump.hostKey }).connection, perDialTimeout: 20 };
        return hostAt(22, { password, proxy });
      },
    ],
    [
      "a node behind a jump host",
      /no SSH server said anything within 0\.4 seconds/,
      async () => {
        const jump = await started({});
        const proxy = { ...node(jump.port, { password, hostKey: jump.hostKey }).connection, perDialTimeout: 20 };
        return hostAt(await sayingOnly(""), { password, proxy });
      },
    ],
  ])("%s", async (_who, message, host) => {
    const reached = await host();
    await expect(reached.run(quick(""))).rejects.toMatchObject({
      code: "host-unreachable",
      node: "node1",
      message: expect.stringMatching(message),
    });
  });

  test("each attempt of several", async () => {
    const host = hostAt(await sayingOnly(""), { password, dialErrorLimit: 3, perDialTimeout: 0.1 });
    await expect(host.run(quick(""))).rejects.toMatchObject({ message: expect.stringMatching(/3 attempts/) });
  });
});

describe("a silent agent", () => {
  const key = soundKeyPair();
  const identity = Buffer.from(key.public.split(" ")[1] ?? "", "base64");
  const listed = wireString(Buffer.concat([Buffer.from([12, 0, 0, 0, 1]), wireString(identity), wireString("")]));
  test.each([
    ["that says nothing", Buffer.alloc(0), /did not answer within 0\.4 seconds/],
    ["that begins to answer", Buffer.from([0, 0, 0, 9, 12]), /did not answer within 0\.4 seconds/],
    // What it says to every question is its list, so it signs nothing.
    ["that lists its keys and does not sign", listed, /refused to sign/],
  ])("%s is given up for the next method", async (name, bytes, message) => {
    const path = join(folder, `agent-${name.replace(/\W/g, "")}`);
    await sayingOnly(bytes, { path });
    const at = await started({ authorizedKeys: [key.public.split(" ").slice(0, 2).join(" ")] });
    const host = hostAt(at.port, { hostKey: at.hostKey, agentSocketPath: path, perDialTimeout: 20 }, only("agent"));
    await expect(host.run(quick(""))).rejects.toMatchObject({ code: "host-login-refused", message: expect.stringMatching(message) });
  });
});

describe("a file of this machine", () => {
  test("that does not come is not waited for", async () => {
    jest.spyOn(fs, "open").mockImplementation(async () => new Promise(() => undefined));
    await expect(readSmallFile("~/.ssh/known_hosts", short)).rejects.toThrow(/nothing came within 0\.4 seconds/);
  });

  test("that is a pipe is not waited for", async () => {
    const pipe = join(folder, "pipe");
    execFileSync("mkfifo", [pipe]);
    const host = hostAt(await sayingOnly(""), { privateKeyPath: pipe, perDialTimeout: 20, hostKey: soundKeyPair().public });
    await expect(host.run(quick(""))).rejects.toMatchObject({
      code: "argument-invalid",
      message: expect.stringMatching(/no regular file/),
    });
  });
});

describe("a silent session", () => {
  test.each<["session" | "exec"]>([["session"], ["exec"]])("ends when it is opened: %s", async (silentAt) => {
    const { host } = await startHost({ silentAt }, only("session"));
    await expect(host.run(quick(""))).rejects.toMatchObject({
      code: "host-timeout",
      node: "node1",
      message: expect.stringMatching(/did not answer within 0\.4 seconds when a session was asked for/),
    });
    await expect(host.open(quick(""))).rejects.toMatchObject({ code: "host-timeout" });
  });

  test("lets the next script connect anew", async () => {
    const { at, host } = await startHost({ silentAt: "exec" }, only("session"));
    for (let run = 1; run <= 2; run += 1) {
      await expect(host.run(quick(""))).rejects.toMatchObject({ code: "host-timeout" });
      expect(at.connections()).toBe(run);
    }
  });

  test("is not started ahead for ever", async () => {
    const { host } = await startHost({ silentAt: "exec" }, only("session"));
    host.prepare?.("login", 20);
    await expect(host.run(quick(""))).rejects.toMatchObject({ code: "host-timeout" });
  });

  test.each([
    ["prints nothing", printsNothing],
    ["only begins", onlyBegins],
  ])("ends with its script where it %s", async (_what, exec) => {
    const { host } = await startHost({ exec }, only("sessionEnd"));
    await expect(host.run(quick("", short))).rejects.toMatchObject({
      code: "host-timeout",
      message: expect.stringMatching(/within 0\.4 seconds/),
    });
    await expect(host.run(quick("", short))).rejects.toMatchObject({ code: "host-timeout" });
    // A script with an input of its own has a shell of its own.
    await expect(host.run({ ...quick("", short), input: Buffer.alloc(3_000_000) })).rejects.toMatchObject({ code: "host-timeout" });
  });

  test("is a kept shell that takes every script", async () => {
    const { at, host } = await startHost({ exec: answersOnce }, only("shellEnd"));
    expect(await host.run(quick(""))).toMatchObject({ status: 0 });
    await expect(host.run(quick("", short))).rejects.toMatchObject({ code: "host-timeout" });
    // That shell is given up; the next script has a new one.
    expect(await host.run(quick(""))).toMatchObject({ status: 0 });
    expect(at.execs).toHaveLength(2);
  });

  test("that rests and does not end makes room all the same", async () => {
    const { host } = await startHost({ exec: answersOnce }, { ...only("shellEnd"), sessionsPerConnection: 1 });
    expect(await host.run(quick(""))).toMatchObject({ status: 0 });
    expect(await host.run({ ...quick(""), as: "privileged" })).toMatchObject({ status: 0 });
  });

  test("ends after the end mark, whatever keeps its outputs open", async () => {
    const { host } = await startHost({ exec: neverCloses }, only("afterEndMark"));
    expect(await host.run(quick(""))).toMatchObject({ status: 0 });
  });

  test("that stays open is let begin for as long as its script may, and ended when it is closed", async () => {
    const { host } = await startHost({ exec: printsNothing }, only("sessionEnd"));
    await expect(host.open(quick("", short))).rejects.toMatchObject({ code: "host-timeout" });
    const { host: other } = await startHost({ exec: onlyBegins }, only("sessionEnd"));
    const session = await other.open(quick(""));
    await session.close();
    await session.closed;
    expect((await session.records().next()).done).toBe(true);
  });
});

describe("a script of this machine", () => {
  const local = new HostPool().host({ name: "here", privilege: "none" });
  // Each ends by itself some seconds later: nothing but its time may end a script that takes no signal.
  test.each([["sleep 5"], ["trap '' TERM; sleep 1; sleep 1; sleep 1"], ["cat >/dev/null; sleep 5"]])(
    "ends with its time: %s",
    async (text) => {
      await expect(local.run(quick(text, short))).rejects.toMatchObject({ code: "host-timeout" });
    },
  );
});
