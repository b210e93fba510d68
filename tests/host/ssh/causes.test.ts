import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import dns from "node:dns";
import { createServer, type Server, type Socket } from "node:net";
import os, { tmpdir } from "node:os";
import { join } from "node:path";
import type { Server as SshServer } from "ssh2";
import { soundKeyPair } from "../../../simulator/nodes/sound-key-pair";
import { type Connection, type Host, HostPool } from "../../../provider/host";
import { Secret } from "../../../provider/vocabulary/secret";
import { script } from "../support/contract";
import { node } from "../support/node";
import { freePort } from "../support/sshd";
import { publicLine, startSshServer } from "../support/ssh-server";
import { closeLater } from "../support/start-host";

const keys = soundKeyPair();
const hostKey = publicLine(keys.private);
const password = new Secret("marker-pw");
const folder = mkdtempSync(join(tmpdir(), "causes-"));
const keyFile = join(folder, "key");
writeFileSync(keyFile, keys.private, { mode: 0o600 });
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => jest.restoreAllMocks());

function host(port: number, connection: Partial<Connection> = {}): Host {
  const pool = new HostPool({ agentOfEnvironment: "" });
  closeLater(() => pool.close());
  return pool.host(node(port, { password, hostKey, dialErrorLimit: 1, perDialTimeout: 10, ...connection }));
}

async function failure(of: Host): Promise<Error & { readonly code?: string; readonly next?: string }> {
  return await of.run(script("")).then(
    () => Promise.reject(new Error("it did not fail")),
    (error: unknown) => error as Error,
  );
}

async function listening(server: Server | SshServer): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closeLater(() => void server.close());
  return (server.address() as { readonly port: number }).port;
}

const onSocket = async (behave: (socket: Socket) => void): Promise<number> =>
  listening(createServer((socket) => behave(socket.on("error", () => undefined))));

describe("a machine that boots", () => {
  test.each<[string, Partial<Connection>]>([
    ["privateKey", { privateKey: new Secret(keys.private) }],
    ["privateKeyPath", { privateKeyPath: keyFile }],
    ["password", { password: new Secret("pw") }],
  ])("is waited for: its port refuses at first (%s)", async (_name, connection) => {
    const port = await freePort();
    const reached = host(port, { password: undefined, dialErrorLimit: 10, ...connection } as never);
    const run = reached.run(script("emit in"));
    // Counted, not timed: it listens only when the third attempt has failed.
    const attempts = jest.spyOn(Math, "random");
    while (attempts.mock.calls.length < 3) await new Promise((resolve) => setTimeout(resolve, 20));
    const at = await startSshServer({ port, hostKeys: [keys.private], password: "pw", authorizedKeys: [hostKey] });
    closeLater(() => at.close());
    expect(await run).toMatchObject({ records: [["in"]] });
  });

  test.each<[string, (socket: Socket) => void]>([
    ["resets", (socket) => void socket.resetAndDestroy()],
    ["closes", (socket) => void socket.destroy()],
    ["says something else", (socket) => void socket.end("Not allowed at this time\r\n")],
    ["begins an exchange", (socket) => void socket.write("SSH-2.0-OpenSSH_9.2p1\r\n", () => socket.resetAndDestroy())],
  ])("is waited for: each connection %s", async (_what, behave) => {
    let connections = 0;
    const port = await onSocket((socket) => {
      connections += 1;
      behave(socket);
    });
    expect(await failure(host(port, { privateKeyPath: keyFile, dialErrorLimit: 3 }))).toMatchObject({
      code: "host-unreachable",
      message: expect.stringMatching(/3 attempts/),
    });
    expect(connections).toBe(3);
  });
});

describe("the cause is told:", () => {
  const dnsFails = (code: string): void => {
    const answer = (...args: readonly unknown[]): void =>
      (args.at(-1) as (error: Error) => void)(Object.assign(new Error(`getaddrinfo ${code} web`), { code }));
    jest.spyOn(dns, "lookup").mockImplementation(answer);
  };

  test.each<[string, () => Promise<Host> | Host, RegExp, RegExp]>([
    ["nothing listens", async () => host(await freePort()), /nothing listens on that port.*ECONNREFUSED/, /SSH server runs/],
    ["a reset", async () => host(await onSocket((socket) => void socket.resetAndDestroy())), /the connection was reset/, /MaxStartups/],
    [
      "a web server",
      async () => host(await onSocket((socket) => void socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"))),
      /it is no SSH server; it said "HTTP\/1.1 400 Bad Request"/,
      /a web server answers there/,
    ],
    [
      "another service that goes on",
      async () => host(await onSocket((socket) => void socket.write("220 mail ESMTP\r\n")), { perDialTimeout: 0.4 }),
      /it is no SSH server; it said "220 mail ESMTP"/,
      /another service answers there/,
    ],
    [
      "a server that sheds load",
      async () => host(await onSocket((socket) => void socket.end("Exceeded MaxStartups\r\n"))),
      /takes no connection now; it said "Exceeded MaxStartups"/,
      /Try again later/,
    ],
    [
      "a server that closes",
      async () => host(await onSocket((socket) => void socket.end("SSH-2.0-Strict_1\r\n"))),
      /closed the connection before the key exchange, after it had called itself SSH-2\.0-Strict_1/,
      /MaxStartups/,
    ],
    [
      "an old server",
      async () => host(await onSocket((socket) => void socket.write("SSH-1.5-old\r\n"))),
      /first version of SSH only/,
      /current SSH server/,
    ],
    [
      "a name that is not known",
      () => {
        jest.spyOn(os, "homedir").mockReturnValue(folder);
        dnsFails("ENOTFOUND");
        return host(22, { host: "web" });
      },
      /there is no host of the name web \(ENOTFOUND\)/,
      /Check the spelling/,
    ],
    [
      "a name server that does not answer",
      () => {
        dnsFails("EAI_AGAIN");
        return host(22, { host: "web" });
      },
      /the name server gave no answer for web/,
      /DNS/,
    ],
    ...["ENOTFOUND", "EAI_AGAIN"].map((code): [string, () => Host, RegExp, RegExp] => [
      `an alias of ~/.ssh/config, where the name server says ${code}`,
      () => {
        jest.spyOn(os, "homedir").mockReturnValue(folder);
        mkdirSync(join(folder, ".ssh"), { recursive: true });
        writeFileSync(join(folder, ".ssh/config"), "Host other web\n  HostName=10.1.2.3\n\tPort 2222\nHost *\n  User you\n");
        dnsFails(code);
        return host(22, { host: "web" });
      },
      /~\/\.ssh\/config has an alias of this name, but that file is not read/,
      /\(HostName, Port\): host: "10\.1\.2\.3"/,
    ]),
  ])("%s", async (_what, reached, message, next) => {
    expect(await failure(await reached())).toMatchObject({
      code: "host-unreachable",
      message: expect.stringMatching(message),
      next: expect.stringMatching(next),
    });
  });

  test.each([
    ["me@127.0.0.1", /user: "me" and host: "127\.0\.0\.1"/],
    ["127.0.0.1:22", /host: "127\.0\.0\.1" and port: 22/],
    ["ssh://127.0.0.1", /address of a page or service/],
  ])("%s is no host, and is not dialled", async (name, message) => {
    expect(await failure(host(22, { host: name }))).toMatchObject({ code: "argument-invalid", message: expect.stringMatching(message) });
  });

  test.each(["[::1]", " ::1\n"])("%j is an address", async (name) => {
    const at = await startSshServer({ password: "pw", address: "::1" });
    closeLater(() => at.close());
    expect(await host(at.port, { host: name, hostKey: at.hostKey, password: new Secret("pw") }).run(script("emit in"))).toMatchObject({
      records: [["in"]],
    });
  });
});
