import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { soundKeyPair } from "../../../simulator/nodes/sound-key-pair";
import { type Connection, HostPool } from "../../../provider/host";
import { Secret } from "../../../provider/vocabulary/secret";
import { script } from "../support/contract";
import { node } from "../support/node";
import { noSshd, type Sshd, startSshd } from "../support/sshd";
import { closeLater } from "../support/start-host";
import { until } from "../support/until";

const has = (command: string): boolean => spawnSync("sh", ["-c", `command -v ${command}`]).status === 0;
const missing = noSshd ?? ["useradd", "chage"].flatMap((command) => (has(command) ? [] : [`there is no ${command}`])).at(0);

// What OpenSSH's own server says or does, and what is made of it.
(missing === undefined ? describe : describe.skip)(
  `OpenSSH tells the cause${missing === undefined ? "" : ` (skipped: ${missing})`}`,
  () => {
    const user = `ptcause${String(process.pid)}`;
    const password = "marker-Pw-4711";
    let usual: Sshd;

    beforeAll(async () => {
      const hash = execFileSync("openssl", ["passwd", "-6", password]).toString().trim();
      execFileSync("useradd", ["-M", "-d", "/", "-s", "/bin/sh", "-p", hash, user]);
      usual = await startSshd();
    });
    afterAll(async () => {
      await usual.close();
      execFileSync("userdel", ["-f", user], { stdio: "ignore" });
    });
    afterEach(() => {
      execFileSync("chage", ["-d", "20000", "-E", "-1", "-M", "-1", user]);
      execFileSync("usermod", ["-s", "/bin/sh", user]);
    });

    async function started(...config: readonly string[]): Promise<Sshd> {
      const sshd = await startSshd(config);
      closeLater(() => sshd.close());
      return sshd;
    }

    async function failure(at: Sshd, connection: Partial<Connection> = {}): Promise<Error & { readonly next?: string }> {
      const pool = new HostPool({ agentOfEnvironment: "" });
      closeLater(() => pool.close());
      const key = { privateKey: new Secret(at.privateKey) };
      const host = pool.host(
        node(at.port, { user: "root", hostKey: at.hostKey, dialErrorLimit: 2, perDialTimeout: 20, ...key, ...connection }),
      );
      return await host.run(script("emit in")).then(
        () => Promise.reject(new Error("it did not fail")),
        (error: unknown) => error as Error,
      );
    }

    const onlyPassword = { privateKey: undefined, user, password: new Secret(password) } as unknown as Partial<Connection>;

    test.each<[string, readonly string[], RegExp, RegExp]>([
      [
        "post-quantum algorithms only",
        ["KexAlgorithms sntrup761x25519-sha512@openssh.com"],
        /no key exchange in common\. The server offers sntrup761x25519-sha512@openssh\.com.*post-quantum/,
        /KexAlgorithms\): .*curve25519-sha256/,
      ],
      ["other ciphers", ["Ciphers aes256-cbc"], /no cipher in common\. The server offers aes256-cbc\./, /\(Ciphers\): .*aes256-ctr/],
      [
        "other MACs",
        ["Ciphers aes256-ctr", "MACs hmac-sha1-96"],
        /no mac in common|no MAC in common\. The server offers hmac-sha1-96\./,
        /\(MACs\)/,
      ],
    ])("that there are %s", async (_what, config, message, next) => {
      expect(await failure(await started(...config))).toMatchObject({
        code: "host-unreachable",
        message: expect.stringMatching(message),
        next: expect.stringMatching(next),
      });
    });

    test("that its host key signs with SHA-1 only", async () => {
      const folder = usual.directory;
      execFileSync("ssh-keygen", ["-q", "-t", "rsa", "-N", "", "-f", join(folder, "rsa")]);
      const at = await started(`HostKey ${join(folder, "rsa")}`, "HostKeyAlgorithms ssh-rsa");
      const known = { hostKey: readFileSync(join(folder, "rsa.pub"), "utf8") };
      expect(await failure(at, known)).toMatchObject({
        code: "host-key-mismatch",
        message: expect.stringMatching(/no key of the type ssh-rsa/),
      });
    });

    test("that too many keys were tried", async () => {
      const agent = join(usual.directory, "agent");
      const pid = Number(/SSH_AGENT_PID=(\d+)/.exec(execFileSync("ssh-agent", ["-s", "-a", agent]).toString())?.[1]);
      closeLater(() => void process.kill(pid));
      for (const _ of [1, 2, 3]) {
        execFileSync("ssh-add", ["-q", "-"], {
          env: { ...process.env, SSH_AUTH_SOCK: agent },
          input: soundKeyPair().private,
          stdio: ["pipe", "ignore", "ignore"],
        });
      }
      const at = await started("MaxAuthTries 2");
      expect(await failure(at, { privateKey: undefined, agentSocketPath: agent } as never)).toMatchObject({
        code: "host-login-refused",
        message: expect.stringMatching(/too many keys or passwords were tried \(MaxAuthTries\); tried: agent/),
        next: expect.stringMatching(/agent with many keys/),
      });
    });

    test.each<[string, readonly string[], Partial<Connection>]>([
      ["a user who is not allowed", ["AllowUsers nobody-else"], {}],
      ["a wrong key", [], { privateKey: new Secret(soundKeyPair().private) }],
      ["a wrong password", [], { ...onlyPassword, password: new Secret("marker-wrong") }],
    ])("no further than that nothing is accepted, with what to look at: %s", async (_what, config, connection) => {
      const error = await failure(await started(...config), connection);
      expect(error).toMatchObject({
        code: "host-login-refused",
        message: expect.stringMatching(/nothing that was tried is accepted \(the server takes .*\); tried: (?:private key|password)/),
        next: expect.stringMatching(/authorized_keys.*AllowUsers.*locked.*log/),
      });
      expect(error.stack).not.toMatch(/marker-/);
    });

    test("that it accepts other methods", async () => {
      const at = await started("PasswordAuthentication no", "KbdInteractiveAuthentication no");
      expect(await failure(at, onlyPassword)).toMatchObject({ message: expect.stringMatching(/tried: password/) });
    });

    test("that it wants a further factor", async () => {
      const at = await started("AuthenticationMethods publickey,password");
      expect(await failure(at)).toMatchObject({
        code: "host-login-refused",
        message: expect.stringMatching(/it took the private key and wants more: password/),
        next: expect.stringMatching(/Give the connection what is missing/),
      });
      // In either order, since what comes next is asked for again.
      const other = await started("AuthenticationMethods password,publickey");
      const pool = new HostPool({ agentOfEnvironment: "" });
      closeLater(() => pool.close());
      for (const each of [at, other]) {
        const both = { user, hostKey: each.hostKey, privateKey: new Secret(each.privateKey), password: new Secret(password) };
        expect(await pool.host(node(each.port, both)).run(script("emit in"))).toMatchObject({ records: [["in"]] });
      }
    });

    test.each<[string, readonly string[], RegExp]>([
      ["has a password that must be changed", ["-d", "0"], /its password must be changed first/],
      ["has an expired account", ["-E", "0"], /refused the login/],
    ])("that the user %s", async (_what, change, message) => {
      execFileSync("chage", [...change, user]);
      expect(await failure(usual, onlyPassword)).toMatchObject({ code: "host-login-refused", message: expect.stringMatching(message) });
    });

    (existsSync("/etc/pam.d/sshd") ? describe : describe.skip)("with PAM", () => {
      test("that another password is wanted", async () => {
        execFileSync("chage", ["-d", "0", user]);
        const at = await started("UsePAM yes", "PasswordAuthentication no", "KbdInteractiveAuthentication yes");
        expect(await failure(at, onlyPassword)).toMatchObject({
          code: "host-login-refused",
          message: expect.stringMatching(/must be changed first.*tried: .*keyboard-interactive/),
        });
      });
    });

    test("that the login shell is nologin", async () => {
      execFileSync("usermod", ["-s", "/usr/sbin/nologin", user]);
      expect(await failure(usual, { user })).toMatchObject({
        code: "host-login-refused",
        message: expect.stringMatching(/can log in, but run no script: its login shell is nologin/),
        next: expect.stringMatching(/usermod --shell \/bin\/sh/),
      });
    });

    test("that only SFTP is allowed", async () => {
      const at = await started("Subsystem sftp internal-sftp", "ForceCommand internal-sftp");
      expect(await failure(at)).toMatchObject({
        code: "host-login-refused",
        message: expect.stringMatching(/SFTP only|did not run the script/),
      });
    });

    test("that it drops connections for now", async () => {
      const at = await started("MaxStartups 1:100:1");
      // Somebody who does not log in; the connection that found the server listening may be there for a moment longer.
      await until(async () => {
        const held = connect(at.port, "127.0.0.1").on("error", () => undefined);
        closeLater(() => void held.destroy());
        return await new Promise<boolean>((resolve) => held.once("data", (said: Buffer) => resolve(said.toString().startsWith("SSH-"))));
      });
      expect(await failure(at)).toMatchObject({
        code: "host-unreachable",
        message: expect.stringMatching(/(?:closed the connection before the key exchange|takes no connection now|was reset).*2 attempts/),
        next: expect.stringMatching(/MaxStartups/),
      });
    });
  },
);
