import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import type { ServerChannel } from "ssh2";
import { HostPool, type HostPoolOptions } from "../../../provider/host";
import { Secret } from "../../../provider/vocabulary/secret";
import { script } from "../support/contract";
import { node } from "../support/node";
import { freePort } from "../support/sshd";
import { startSshServer, type TestServerOptions } from "../support/ssh-server";
import { closeLater, startHost } from "../support/start-host";

const start = (options: TestServerOptions, poolOptions: HostPoolOptions = {}): ReturnType<typeof startHost> =>
  startHost(options, poolOptions, { dialErrorLimit: 4 });

describe("connecting", () => {
  test("is tried again when connections are dropped before the key exchange", async () => {
    const { at, host } = await start({ dropFirst: 2 });
    expect(await host.run(script("emit a"))).toMatchObject({ records: [["a"]] });
    expect(at.connections()).toBe(3);
  });

  test("ends after dialErrorLimit attempts", async () => {
    const { at, host } = await start({ dropFirst: 100 });
    await expect(host.run(script(""))).rejects.toMatchObject({
      code: "host-unreachable",
      node: "node1",
      message: expect.stringMatching(/4 attempts/),
    });
    expect(at.connections()).toBe(4);
  });

  test("fails together for all who wait", async () => {
    const { at, host } = await start({ dropFirst: 100 });
    const runs = await Promise.allSettled(Array.from({ length: 30 }, async () => host.run(script(""))));
    expect(runs.filter((run) => run.status === "rejected")).toHaveLength(30);
    expect(at.connections()).toBe(4);
  });

  test("to a port where nothing listens", async () => {
    const pool = new HostPool();
    const host = pool.host(node(await freePort(), { password: new Secret("pw"), dialErrorLimit: 1 }));
    await expect(host.run(script(""))).rejects.toMatchObject({
      code: "host-unreachable",
      message: expect.stringMatching(/ECONNREFUSED.*1 attempt\b/),
    });
  });

  test.each<[string, (server: Server) => void]>([
    ["says nothing", () => undefined],
    ["is no SSH server", (server) => server.on("connection", (socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"))],
  ])("to a server that %s", async (_name, behave) => {
    const server = createServer((socket) => socket.on("error", () => undefined));
    behave(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    closeLater(() => void server.close());
    const pool = new HostPool();
    closeLater(() => pool.close());
    const { port } = server.address() as AddressInfo;
    const host = pool.host(node(port, { password: new Secret("pw"), dialErrorLimit: 2, perDialTimeout: 0.3 }));
    await expect(host.run(script(""))).rejects.toMatchObject({ code: "host-unreachable" });
  });

  test("is given up when the pool is closed", async () => {
    const pool = new HostPool();
    const host = pool.host(node(await freePort(), { password: new Secret("pw"), dialErrorLimit: -1 }));
    const run = host.run(script(""));
    setTimeout(() => pool.close(), 300);
    await expect(run).rejects.toMatchObject({ code: "host-connection-lost" });
    await expect(host.run(script(""))).rejects.toMatchObject({ code: "host-connection-lost" });
  });
});

describe("sessions", () => {
  test.each([1, 3])("are queued where the server allows only %d", async (maxSessions) => {
    const { at, host } = await start({ maxSessions });
    const answers = await Promise.all(Array.from({ length: 20 }, async (_, n) => host.run(script('emit "$1"', { args: [String(n)] }))));
    expect(answers.map((answer) => answer.records[0]?.[0])).toEqual(Array.from({ length: 20 }, (_, n) => String(n)));
    expect(at.connections()).toBe(1);
  });

  test("held open do not let the rest wait for ever", async () => {
    const { host } = await start({}, { sessionsPerConnection: 2 });
    const sessions = [await host.open(script("emit a; cat")), await host.open(script("emit a; cat"))];
    await expect(host.run(script("emit b"))).rejects.toMatchObject({
      code: "host-unreachable",
      message: expect.stringMatching(/MaxSessions/),
    });
    await sessions[0]?.close();
    expect(await host.run(script("emit b"))).toMatchObject({ records: [["b"]] });
    await sessions[1]?.close();
  });

  test("held open on a server that allows one more, then none", async () => {
    const { host } = await start({ maxSessions: 2 });
    const first = await host.open(script("emit a; cat"));
    expect(await Promise.all([1, 2, 3].map(async () => host.run(script("emit b"))))).toHaveLength(3);
    const second = await host.open(script("emit a; cat"));
    await expect(host.run(script("emit b"))).rejects.toMatchObject({
      code: "host-unreachable",
      message: expect.stringMatching(/MaxSessions/),
    });
    await Promise.all([first.close(), second.close()]);
    expect(await host.run(script("emit b"))).toMatchObject({ records: [["b"]] });
  }, 15_000);

  test("that the server never allows", async () => {
    const { host } = await start({ maxSessions: 0 });
    await expect(host.run(script("emit b"))).rejects.toMatchObject({
      code: "host-unreachable",
      message: expect.stringMatching(/opens no session/),
    });
  }, 15_000);
});

describe("a lost connection", () => {
  test("fails every running script, naming the node; the next one connects anew", async () => {
    const { at, host } = await start({});
    const session = await host.open(script("emit a; cat"));
    let begun = 0;
    const dropOnce = (): void => {
      begun += 1;
      if (begun === 3) at.dropAll();
    };
    const runs = Array.from({ length: 3 }, async () => host.run(script("emit a; sleep 5"), dropOnce));
    for (const result of await Promise.allSettled(runs)) {
      expect(result).toMatchObject({
        reason: { code: "host-connection-lost", node: "node1", message: expect.stringMatching(/may still be running/) },
      });
    }
    await session.closed;
    expect(await host.run(script("emit again"))).toMatchObject({ records: [["again"]] });
    expect(at.connections()).toBe(2);
  });

  test("while idle is not noticed by the next script", async () => {
    const { at, host } = await start({});
    await host.run(script("emit a"));
    at.dropAll();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await host.run(script("emit again"))).toMatchObject({ records: [["again"]] });
  });

  test("whose other end says nothing any more, but not one that is only idle", async () => {
    const at = await startSshServer({ password: "pw" });
    const pipes: Socket[] = [];
    const between = createServer((socket) => {
      const onward = connect(at.port, "127.0.0.1");
      pipes.push(socket, onward);
      for (const each of [socket, onward]) each.on("error", () => undefined);
      socket.pipe(onward).pipe(socket);
    });
    await new Promise<void>((resolve) => between.listen(0, "127.0.0.1", resolve));
    const pool = new HostPool({ waits: { keepAlive: 0.1 } });
    closeLater(
      () => at.close(),
      () => void between.close(),
      () => pipes.forEach((each) => each.destroy()),
      () => pool.close(),
    );
    const { port } = between.address() as AddressInfo;
    const host = pool.host(node(port, { password: new Secret("pw"), hostKey: at.hostKey }));
    expect(await host.run(script("sleep 1; emit a"))).toMatchObject({ records: [["a"]] });
    const run = host.run(script("emit a; sleep 20"), () => pipes.forEach((each) => each.unpipe().pause()));
    await expect(run).rejects.toMatchObject({ code: "host-connection-lost", message: expect.stringMatching(/no sign of life/) });
  });

  test("by closing the pool", async () => {
    const { host, pool } = await start({});
    const run = host.run(script("emit a; sleep 5"), () => pool.close());
    await expect(run).rejects.toMatchObject({ code: "host-connection-lost", message: expect.stringMatching(/this program closed it/) });
  });
});

describe("a strange answer", () => {
  const says =
    (output: string | Buffer, status = 0, errors = "") =>
    (_command: string, channel: ServerChannel): void => {
      channel.stderr.write(errors);
      channel.write(output);
      channel.exit(status);
      channel.end();
    };
  const flood = (piece: Buffer) => (_command: string, channel: ServerChannel) => {
    let wanted = true;
    channel.on("close", () => (wanted = false));
    const more = (): void => {
      if (wanted) channel.write(piece, () => setImmediate(more));
    };
    more();
  };

  test.each<[string, TestServerOptions["exec"], string, RegExp]>([
    [
      "of a nologin shell",
      says("This account is currently not available.\n", 1),
      "host-login-refused",
      /run no script: its login shell is nologin.*currently not available/s,
    ],
    ["of exit status 255", says("", 255), "host-login-refused", /exit status 255/],
    ["of nothing", says(""), "host-login-refused", /exit status 0/],
    [
      "of random bytes",
      says(Buffer.from(Array.from({ length: 5000 }, (_, n) => (n * 7919 * n) % 256))),
      "host-login-refused",
      /did not run/,
    ],
    [
      "of sudo, which wants a password",
      says("", 1, "sudo: a password is required\n"),
      "host-privilege-refused",
      /ALL=\(root\) NOPASSWD: \/bin\/sh, \/usr\/bin\/sh/,
    ],
  ])("%s", async (_name, exec, code, message) => {
    const { host } = await start({ ...(exec === undefined ? {} : { exec }) });
    await expect(host.run(script("emit a"))).rejects.toMatchObject({ code, node: "node1", message: expect.stringMatching(message) });
  });

  test("cut in the middle", async () => {
    const cut = (command: string, channel: ServerChannel): void => {
      const nonce = /pt_n=([0-9a-f]+)/.exec(command)?.[1] ?? "";
      channel.write(`<<pulumi-tableau ${nonce} begin>>\n<<pulumi-tableau ${nonce} 10>>\tkey\tva`);
      channel.exit(0);
      channel.end();
    };
    const { host } = await start({ exec: cut });
    await expect(host.run(script("emit a"))).rejects.toMatchObject({
      code: "host-answer-unreadable",
      message: expect.stringMatching(/is cut/),
    });
  });

  test("in a session is thrown to the one who reads it", async () => {
    const broken = (command: string, channel: ServerChannel): void => {
      const nonce = /pt_n=([0-9a-f]+)/.exec(command)?.[1] ?? "";
      channel.write(`<<pulumi-tableau ${nonce} begin>>\n<<pulumi-tableau ${nonce} 2>>\ta\n`);
      setTimeout(() => channel.write(`<<pulumi-tableau ${nonce} nonsense>>\n`), 50);
    };
    const { host } = await start({ exec: broken });
    const session = await host.open(script("emit a"));
    const records = session.records();
    expect((await records.next()).value).toEqual(["a"]);
    await expect(records.next()).rejects.toMatchObject({ code: "host-answer-unreadable", node: "node1" });
    await session.closed;
  });

  test("of 100 MB is given up, with little memory", async () => {
    const { host, pool } = await start({ exec: flood(Buffer.alloc(32_000, "x")) });
    await expect(host.run(script("emit a"))).rejects.toMatchObject({
      code: "host-answer-unreadable",
      message: expect.stringMatching(/no record/),
    });
    expect(pool.counts.bytesReceived).toBeLessThan(80_000_000);
  }, 30_000);
});
