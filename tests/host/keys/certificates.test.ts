import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Connection, HostPool } from "../../../provider/host";
import { testedSsh2 } from "../../../provider/host/ssh/ssh2-internals";
import { Secret } from "../../../provider/vocabulary/secret";
import { script } from "../support/contract";
import { node } from "../support/node";
import { noSshd, type Sshd, startSshd } from "../support/sshd";
import { closeLater } from "../support/start-host";

test("the version of ssh2 is the one whose private fields were tested here", () => {
  const { version } = JSON.parse(readFileSync(require.resolve("ssh2/package.json"), "utf8")) as { readonly version: string };
  expect(version).toBe(testedSsh2);
});

(noSshd === undefined ? describe : describe.skip)(`certificates of OpenSSH${noSshd === undefined ? "" : ` (skipped: ${noSshd})`}`, () => {
  const folder = mkdtempSync(join(tmpdir(), "certificates-"));
  const file = (name: string): string => join(folder, name);
  const text = (name: string): string => readFileSync(file(name), "utf8");
  const keygen = (...args: readonly string[]): void => void execFileSync("ssh-keygen", ["-q", ...args], { stdio: "ignore" });
  const types = ["ed25519", "ecdsa", "rsa"];
  const servers: Sshd[] = [];

  beforeAll(async () => {
    for (const name of ["user-ca", "host-ca", "other-ca"]) keygen("-t", "ed25519", "-N", "", "-f", file(name));
    for (const type of types) {
      keygen("-t", type, "-N", "", "-C", "", "-f", file(`user-${type}`));
      keygen("-s", file("user-ca"), "-I", "me", "-n", "root", file(`user-${type}.pub`));
      keygen("-t", type, "-N", "", "-C", "", "-f", file(`host-${type}`));
      keygen("-s", file("host-ca"), "-I", "node", "-h", "-n", "127.0.0.1", file(`host-${type}.pub`));
    }
    for (const type of types) {
      servers.push(
        await startSshd([
          `TrustedUserCAKeys ${file("user-ca.pub")}`,
          `HostCertificate ${file(`host-${type}-cert.pub`)}`,
          `HostKey ${file(`host-${type}`)}`,
          `HostKeyAlgorithms *-cert-v01@openssh.com`,
          "RekeyLimit 1M",
        ]),
      );
    }
  });
  afterAll(async () => {
    for (const server of servers) await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const authority = (name = "host-ca", names = "*"): string => `@cert-authority ${names} ${text(`${name}.pub`)}`;

  function host(at: Sshd | undefined, known: string, connection: Partial<Connection>): ReturnType<HostPool["host"]> {
    const pool = new HostPool({ readKnownHosts: () => Promise.resolve([{ path: "known_hosts", text: known }]), agentOfEnvironment: "" });
    closeLater(() => pool.close());
    return pool.host(node(at?.port ?? 0, { user: "root", dialErrorLimit: 1, perDialTimeout: 20, ...connection }));
  }

  test.each(types)("of the host and of the user (%s) are taken, also when the keys are exchanged anew", async (type) => {
    const reached = host(servers[types.indexOf(type)], authority(), { privateKeyPath: file(`user-${type}`) });
    expect(await reached.run(script('emit "$(id -un)"'))).toMatchObject({ records: [["root"]] });
    const input = Buffer.alloc(4_000_000, 7);
    expect(await reached.run(script('emit "$(wc -c)"', { input }))).toMatchObject({ records: [["4000000"]] });
  });

  test("of a user stand after the key in its text, too", async () => {
    const privateKey = new Secret(`${text("user-ed25519")}${text("user-ed25519-cert.pub")}`);
    expect(await host(servers[0], authority(), { privateKey }).run(script("emit in"))).toMatchObject({ records: [["in"]] });
  });

  test("of a user come from an agent", async () => {
    const socket = file("agent");
    const pid = Number(/SSH_AGENT_PID=(\d+)/.exec(execFileSync("ssh-agent", ["-s", "-a", socket]).toString())?.[1]);
    closeLater(() => void process.kill(pid));
    for (const type of types) {
      const key = file(`agent-${type}`);
      for (const end of ["", "-cert.pub"]) copyFileSync(`${file(`user-${type}`)}${end}`, `${key}${end}`);
      const env = { ...process.env, SSH_AUTH_SOCK: socket };
      execFileSync("ssh-add", ["-q", "-D"], { env, stdio: "ignore" });
      execFileSync("ssh-add", ["-q", key], { env, stdio: "ignore" });
      const reached = host(servers[0], authority(), { agentSocketPath: socket });
      expect(await reached.run(script("emit in"))).toMatchObject({ records: [["in"]] });
    }
  });

  test("of a host are refused where another authority is known, or none for that host, with the key itself", async () => {
    const connection = { privateKeyPath: file("user-ed25519") };
    for (const known of [authority("other-ca"), authority("host-ca", "other"), ""]) {
      await expect(host(servers[0], known, connection).run(script(""))).rejects.toMatchObject({
        code: "host-key-unknown",
        message: expect.stringContaining(text("host-ed25519.pub").trim()),
      });
    }
    await expect(host(servers[0], `${authority()}\n@revoked * ${text("host-ca.pub")}`, connection).run(script(""))).rejects.toMatchObject({
      code: "host-key-mismatch",
      message: expect.stringMatching(/revoked/),
    });
  });

  test("that do not count are told, with the reason", async () => {
    keygen("-s", file("host-ca"), "-I", "node", "-h", "-n", "elsewhere", file("host-ecdsa.pub"));
    const other = await startSshd([`HostCertificate ${file("host-ecdsa-cert.pub")}`, `HostKey ${file("host-ecdsa")}`]);
    closeLater(() => other.close());
    await expect(host(other, authority(), { privateKeyPath: file("user-ed25519") }).run(script(""))).rejects.toMatchObject({
      code: "host-key-unknown",
      message: expect.stringMatching(/authority that known_hosts trusts, but it is for elsewhere, not for 127\.0\.0\.1/),
    });
  });

  test("of a user that are not for it leave the key itself, which is not wanted", async () => {
    writeFileSync(file("plain"), text("user-ed25519"), { mode: 0o600 });
    writeFileSync(file("plain-cert.pub"), text("user-rsa-cert.pub"));
    await expect(host(servers[0], authority(), { privateKeyPath: file("plain") }).run(script(""))).rejects.toMatchObject({
      code: "host-login-refused",
      message: expect.stringMatching(/tried: private key\b/),
    });
  });
});
