import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateKeyPairSync } from "node:crypto";
import { utils } from "ssh2";
import { soundKeyPair } from "../../../simulator/nodes/sound-key-pair";
import { type Connection, HostPool } from "../../../provider/host";
import { Secret } from "../../../provider/vocabulary/secret";
import { script } from "../support/contract";
import { needs } from "../support/needs";
import { node } from "../support/node";
import { freePort } from "../support/sshd";
import { publicLine, startSshServer, type TestServer, type TestServerOptions } from "../support/ssh-server";
import { closeLater } from "../support/start-host";

const passphrase = "marker-passphrase-4711";
const plain = soundKeyPair();
const encrypted = soundKeyPair({ passphrase, cipher: "aes256-ctr", rounds: 1 });
const encryptedPublic = encrypted.public.split(" ").slice(0, 2).join(" ");
const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const rsaPkcs8 = rsa.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
const rsaPublic = publicLine(rsa.privateKey.export({ type: "pkcs1", format: "pem" }).toString());
const directory = mkdtempSync(join(tmpdir(), "ssh-login-"));
const keyFile = join(directory, "key");
writeFileSync(keyFile, plain.private, { mode: 0o600 });

afterAll(() => rmSync(directory, { recursive: true, force: true }));

async function server(options: TestServerOptions): Promise<TestServer> {
  const started = await startSshServer(options);
  closeLater(() => started.close());
  return started;
}

async function login(at: TestServer, connection: Partial<Connection>, known = "", agentOfEnvironment = ""): Promise<unknown> {
  const pool = new HostPool({ readKnownHosts: () => Promise.resolve([{ path: "known_hosts", text: known }]), agentOfEnvironment });
  closeLater(() => pool.close());
  const { records } = await pool.host(node(at.port, { hostKey: at.hostKey, ...connection })).run(script("emit in"));
  return records;
}

async function refused(at: TestServer, connection: Partial<Connection>, known = "", agentOfEnvironment = ""): Promise<Error> {
  return login(at, connection, known, agentOfEnvironment).then(
    () => Promise.reject(new Error("the login was not refused")),
    (error: unknown) => error as Error,
  );
}

describe("logging in", () => {
  const authorizedKeys = [publicLine(plain.private), encryptedPublic, rsaPublic];
  test.each<[string, TestServerOptions, Partial<Connection>]>([
    ["a password", { password: "pw" }, { password: new Secret("pw") }],
    ["a password that is asked for", { password: "pw", keyboardInteractive: "only" }, { password: new Secret("pw") }],
    ["a private key", { authorizedKeys }, { privateKey: new Secret(plain.private) }],
    ["a key file", { authorizedKeys }, { privateKeyPath: keyFile }],
    ["an encrypted key", { authorizedKeys }, { privateKey: new Secret(encrypted.private), privateKeyPassword: new Secret(passphrase) }],
    ["a PKCS#8 key", { authorizedKeys }, { privateKey: new Secret(rsaPkcs8) }],
    [
      "a password after a key that is not wanted",
      { password: "pw" },
      { privateKey: new Secret(plain.private), password: new Secret("pw") },
    ],
  ])("works with %s", async (_name, options, connection) => {
    expect(await login(await server(options), connection)).toEqual([["in"]]);
  });

  test.each<[string, Partial<Connection>, RegExp, string]>([
    [
      "a wrong password",
      { password: new Secret("marker-pw") },
      /refused the login of "me": nothing that was tried is accepted \(the server takes [^)]*\); tried: password\./,
      "host-login-refused",
    ],
    ["nothing at all", {}, /nothing to log in with/, "host-login-refused"],
    ["a key that is not wanted", { privateKey: new Secret(soundKeyPair().private) }, /tried: private key/, "host-login-refused"],
    ["no passphrase", { privateKey: new Secret(encrypted.private) }, /encrypted and there is no privateKeyPassword/, "argument-invalid"],
    [
      "a wrong passphrase",
      { privateKey: new Secret(encrypted.private), privateKeyPassword: new Secret("marker-pp") },
      /does not open it/,
      "argument-invalid",
    ],
    ["nonsense as key", { privateKey: new Secret("marker-nonsense") }, /nothing in it says "BEGIN … PRIVATE KEY"/, "argument-invalid"],
    ["a public key", { privateKey: new Secret(plain.public) }, /it is a public key/, "argument-invalid"],
    [
      "a damaged key",
      { privateKey: new Secret(plain.private.replace(/.{20}(?=\n-----END)/, "AAAAAAAAAAAAAAAAAAAA")) },
      /privateKey cannot be used/,
      "argument-invalid",
    ],
    ["a key file that is not there", { privateKeyPath: join(directory, "absent") }, /it cannot be read \(ENOENT\)/, "argument-invalid"],
    ["a dead agent", { agentSocketPath: join(directory, "no-agent") }, /tried: agent \(.*\)/, "host-login-refused"],
  ])("is refused with %s, once, without a secret in the text", async (_name, connection, text, code) => {
    const at = await server({ password: "pw", authorizedKeys });
    const error = await refused(at, connection);
    expect(error).toMatchObject({ name: "TableauError", code, node: "node1", message: expect.stringMatching(text) });
    expect(at.connections()).toBeLessThanOrEqual(1);
    const everything = `${error.stack}${JSON.stringify(error)}${(error.cause as Error | undefined)?.stack}`;
    expect(everything).not.toMatch(/marker|b3BlbnNza|MII/);
  });

  needs(["ssh-agent", "ssh-add"], () => {
    test(`works with an agent, named or from the environment`, async () => {
      const socket = join(directory, "agent");
      const started = execFileSync("ssh-agent", ["-s", "-a", socket]).toString();
      const pid = Number(/SSH_AGENT_PID=(\d+)/.exec(started)?.[1]);
      closeLater(() => void process.kill(pid));
      execFileSync("ssh-add", ["-q", keyFile], { env: { ...process.env, SSH_AUTH_SOCK: socket }, stdio: "ignore" });
      const at = await server({ authorizedKeys });
      expect(await login(at, { agentSocketPath: socket })).toEqual([["in"]]);
      expect(await login(at, {}, "", socket)).toEqual([["in"]]);
    });
  });
});

describe("the host key", () => {
  const password = new Secret("pw");
  const rsaHost = utils.generateKeyPairSync("rsa", { bits: 2048 }).private;
  const edHost = soundKeyPair().private;

  test("from known_hosts, of the type that is known", async () => {
    const at = await server({ password: "pw", hostKeys: [edHost, rsaHost] });
    for (const key of [edHost, rsaHost]) {
      expect(await login(at, { password, hostKey: undefined } as never, `[127.0.0.1]:${at.port} ${publicLine(key)}`)).toEqual([["in"]]);
    }
    expect(await login(at, { password, hostKey: publicLine(rsaHost) })).toEqual([["in"]]);
  });

  test.each<[string, (port: number) => { hostKey?: string; known?: string }, string]>([
    ["not known", () => ({}), "host-key-unknown"],
    ["another one in known_hosts", (port) => ({ known: `[127.0.0.1]:${port} ${publicLine(edHost)}` }), "host-key-mismatch"],
    ["another one in the program", () => ({ hostKey: publicLine(edHost) }), "host-key-mismatch"],
    ["of another type in the program", () => ({ hostKey: publicLine(rsaHost) }), "host-key-mismatch"],
    ["nonsense in the program", () => ({ hostKey: "nonsense" }), "argument-invalid"],
  ])("is refused when it is %s, at once and before any login", async (_name, expect_, code) => {
    const at = await server({ password: "pw" });
    const { hostKey, known = "" } = expect_(at.port);
    const error = await refused(at, { password, hostKey } as never, known);
    expect(error).toMatchObject({ code, node: "node1" });
    expect(at.connections()).toBeLessThanOrEqual(1);
    if (code === "host-key-unknown") expect(error.message).toContain(at.hostKey);
  });
});

describe("a jump host", () => {
  const password = new Secret("pw");
  const proxy = (jump: TestServer, rest: Partial<Connection> = {}) =>
    node(jump.port, { password, hostKey: jump.hostKey, ...rest }).connection;

  test("is passed through", async () => {
    const [jump, target] = [await server({ password: "pw" }), await server({ password: "pw" })];
    expect(await login(target, { password, proxy: proxy(jump) })).toEqual([["in"]]);
    expect(jump.connections()).toBe(1);
  });

  test("has a host key too", async () => {
    const [jump, target] = [await server({ password: "pw" }), await server({ password: "pw" })];
    const wrong = proxy(jump, { hostKey: publicLine(plain.private) });
    expect(await refused(target, { password, proxy: wrong })).toMatchObject({ code: "host-key-mismatch" });
    expect(target.connections()).toBe(0);
  });

  test("that does not forward is told apart from a node that is not there", async () => {
    const [jump, target] = [await server({ password: "pw", forward: "refuse" }), await server({ password: "pw" })];
    expect(await refused(target, { password, proxy: proxy(jump) })).toMatchObject({ code: "host-unreachable" });
    const passing = await server({ password: "pw" });
    const port = await freePort();
    expect(await refused(target, { port, password, proxy: proxy(passing) })).toMatchObject({ code: "host-unreachable" });
  });

  test("that dies ends the node's scripts", async () => {
    const [jump, target] = [await server({ password: "pw" }), await server({ password: "pw" })];
    const pool = new HostPool();
    closeLater(() => pool.close());
    const host = pool.host(node(target.port, { hostKey: target.hostKey, password, proxy: proxy(jump) }));
    const session = await host.open(script("emit a; cat"));
    jump.dropAll();
    await session.closed;
    expect(await host.run(script("emit again"))).toMatchObject({ records: [["again"]] });
  });
});

test("a server that is not there is told, also where that is known before the key is read", async () => {
  const port = await freePort();
  const host = new HostPool().host(node(port, { privateKeyPath: keyFile, dialErrorLimit: 1 }));
  await expect(host.run(script(""))).rejects.toMatchObject({ code: "host-unreachable", message: expect.stringMatching(/ECONNREFUSED/) });
});
