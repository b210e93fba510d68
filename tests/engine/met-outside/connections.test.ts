import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer, type AddressInfo } from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { ConnectionDescription, ServerDescription } from "../../../simulator";
import { hidden, startAskingServer } from "../../host/support/asking-server";
import { noSshd, startSshd } from "../../host/support/sshd";
import { Backend, type Ended, packedLane, Project, runPacked, Stage } from "../support";
import { program } from "./program";

// Stories of several operations of the engine; a busy machine takes its time.
jest.setTimeout(300_000);

const flagKey = "native_api.disable_verify_connector_plugin_signature";

const hasIpv6 = Object.values(networkInterfaces())
  .flat()
  .some((one) => one?.address === "::1");

/** An address of this machine that differs from that of simulated nodes, in a connection and for a server. */
const other = hasIpv6 ? { host: "[::1]", address: "::1" } : { host: "127.0.0.1", address: "127.0.0.1" };

/** The server with each node's connection as `change` makes it. */
function reached(server: ServerDescription, change: (connection: ConnectionDescription, name: string) => object): object {
  const nodes = server.nodes.map(({ name, connection }) => ({ name, connection: connection && change(connection, name) }));
  return { ...server, nodes };
}

describe("ways to reach a node, through the packed package and the real engine", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.start(program, { backend: new Backend(packedLane()) });
  });
  afterAll(() => stage.stop());

  const want = (version: string, server: object, config: object = {}): void => {
    stage.want({ server, connectors: { a: { source: stage.package("a_jdbc", version) } }, config });
  };
  const everywhere = (version: string): string[][] => [[`a_jdbc ${version}`], [`a_jdbc ${version}`]];

  test("with privateKeyPath, a node whose port refuses while it boots is waited for", async () => {
    const { cluster } = stage;
    const keyFiles = new Map(cluster.nodes.map(({ name, connection }) => [name, connection?.privateKeyPath]));
    const change = ({ privateKey: _key, ...connection }: ConnectionDescription, name: string): object => ({
      ...connection,
      privateKeyPath: keyFiles.get(name),
      dialErrorLimit: 10,
    });
    want("1.0.0", reached(cluster.server, change));
    await cluster.fault("unreachable-node", "node1");
    let result: Promise<unknown> | undefined;
    // The engine says what it will do, and the first attempts fail at once: a few seconds are several of them.
    await new Promise<void>((begun, failed) => {
      const onOutput = (text: string): void => {
        if (text.includes("will be uploaded")) begun();
      };
      result = stage.stack.up({ onOutput });
      result.catch(failed);
    });
    await sleep(4000);
    await cluster.clearFaults();
    await result;
    expect(await stage.loaded()).toEqual(everywhere("1.0.0"));
    expect(JSON.stringify(stage.stack.resources("show"))).not.toContain("PRIVATE KEY");
  });

  test("a private key with escaped line ends, and warnings of Java 24 on tsm's standard error: one apply, nobody's change is pending", async () => {
    await stage.cluster.switch("noise", "java-24");
    await stage.cluster.switch("noisePlace", "stderr");
    const before = await stage.cluster.state();
    const escaped = ({ privateKey, ...connection }: ConnectionDescription): object => ({
      ...connection,
      privateKey: privateKey.replaceAll("\n", "\\n"),
    });
    want("1.1.0", reached(stage.cluster.server, escaped), { disableVerifyConnectorPluginSignature: true });
    const { output } = await stage.stack.up();
    const { restarts, applies, applied, pending } = await stage.cluster.state();
    expect([restarts - before.restarts, applies - before.applies, applied[flagKey], pending]).toEqual([1, 1, "true", {}]);
    expect(output).not.toMatch(/Somebody|are pending|java/i);
    await stage.cluster.switch("noise", "none");
    expect(await stage.loaded()).toEqual(everywhere("1.1.0"));
  });

  test("a user name in the host is told in preview, with what to write", async () => {
    want(
      "1.1.0",
      reached(stage.cluster.server, (connection) => ({ ...connection, host: "me@127.0.0.1" })),
    );
    const { output } = await stage.stack.preview({ exitCode: 1 });
    expect(output).toMatch(/expected a host name or address, got one with a user name: .*write user: "me" and host: "127\.0\.0\.1"/);
    expect(output).not.toMatch(/OpenSSH/);
  });

  test("an alias of ~/.ssh/config is told, with what it stands for", async () => {
    mkdirSync(join(stage.folder, ".ssh"));
    writeFileSync(join(stage.folder, ".ssh/config"), "Host tableau-prod\n  HostName 10.1.2.3\n  User you\n");
    want(
      "1.2.0",
      reached(stage.cluster.server, (connection) => ({ ...connection, host: "tableau-prod", dialErrorLimit: 1 })),
      { disableVerifyConnectorPluginSignature: true },
    );
    const { output } = await stage.project.stack("dev", { environment: { HOME: stage.folder } }).up({ exitCode: 1 });
    expect(output).toMatch(/~\/\.ssh\/config has an alias of this name, but that file is not read/);
    expect(output).toMatch(/Write what the alias stands for into the connection \(HostName, User\): host: "10\.1\.2\.3"/);
    expect(output).not.toMatch(/OpenSSH/);
  });
});

describe("addresses that change, through the packed package and the real engine", () => {
  let first: Stage, second: Stage;
  beforeAll(async () => {
    const backend = new Backend(packedLane());
    first = await Stage.start(program, { backend, nodes: 1 });
    second = await Stage.start(program, { backend, nodes: 1 });
  });
  afterAll(async () => {
    await first.stop();
    await second.stop();
  });

  const told = /The address of node1 changed; what it runs is not known yet\..*restart/;
  const want = (server: object): void => {
    first.want({ server, connectors: { a: { source: first.package("a_jdbc", "1.0.0") } } });
  };
  /** What a preview printed, and what the `up` after it costs both servers. */
  const move = async (server: object): Promise<{ told: string; restarts: number[] }> => {
    want(server);
    const before = [await first.restarts(), await second.restarts()];
    const { output } = await first.stack.preview();
    await first.stack.up();
    const after = [await first.restarts(), await second.restarts()];
    return { told: output, restarts: after.map((count, index) => count - (before[index] ?? 0)) };
  };

  test(`preview says that it cannot know; another server is restarted once, the same one at another port of ${other.host} not`, async () => {
    want(first.cluster.server);
    await first.stack.up();
    expect([await first.restarts(), await second.restarts()]).toEqual([1, 0]);
    const rebuilt = await move(second.cluster.server);
    expect(rebuilt.told).toMatch(told);
    expect(rebuilt.restarts).toEqual([0, 1]);
    expect(await second.loaded()).toEqual([["a_jdbc 1.0.0"]]);

    const { port = 0 } = second.cluster.server.nodes[0]?.connection ?? {};
    const address = await forward(port, other.address);
    const same = await move(reached(second.cluster.server, (connection) => ({ ...connection, host: other.host, port: address.port })));
    address.close();
    expect(same.told).toMatch(told);
    expect(same.restarts).toEqual([0, 0]);
  });
});

/** Passes connections to another port of this machine on. */
async function forward(to: number, address: string): Promise<{ readonly port: number; close(): void }> {
  const server = createServer((socket) => {
    const target = connect(to, "127.0.0.1");
    for (const stream of [socket, target]) stream.on("error", () => [socket, target].forEach((each) => each.destroy()));
    socket.pipe(target).pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}

/** What the packed command line finds out about a server of one node that is reached by this connection. */
async function doctor(connection: object): Promise<Ended> {
  const project = new Project({ program: "", backend: new Backend(packedLane()) });
  const nodes = [{ name: "node1", connection: { user: "root", dialErrorLimit: 1, ...connection } }];
  project.write("server.json", JSON.stringify({ server: { name: "prod", nodes } }));
  return runPacked(project, ["doctor", "--server-file", "server.json"]).finally(() => {
    project.remove();
  });
}

test("doctor says that a host's name is not known", async () => {
  const { status, out } = await doctor({ host: "tableau.invalid", password: "pw" });
  expect([status, out]).toEqual([1, expect.stringMatching(/STOPS +node1 .*(ENOTFOUND|EAI_AGAIN)/)]);
  expect(out).not.toMatch(/OpenSSH/);
});

test.each<[string, Parameters<typeof startAskingServer>, RegExp]>([
  ["a one-time code is asked for", [[{ prompts: [hidden("Verification code: ")] }]], /asks for a one-time code \("Verification code:"\)/],
  [
    "the password must be changed",
    [[], (context) => context.requestChange("Your password has expired", () => undefined)],
    /the password of "root" must be changed first/,
  ],
])("doctor says that %s, and gives the password to nobody but the question for it", async (_what, asked, message) => {
  const server = await startAskingServer(...asked);
  const { status, out, err } = await doctor({ host: "127.0.0.1", port: server.port, hostKey: server.hostKey, password: "marker-pw" });
  server.close();
  expect([status, out]).toEqual([1, expect.stringMatching(message)]);
  expect(`${out}${err}${server.told.flat().join("")}`).not.toContain("marker-pw");
  expect(out).not.toMatch(/firewall|OpenSSH/);
});

// Certificates are checked by OpenSSH's own server, which `.ci/run` installs; the name of the tests says why they are skipped.
(noSshd === undefined ? describe : describe.skip)(
  `OpenSSH's own server, through the packed package and the real engine${noSshd === undefined ? "" : ` (skipped: ${noSshd})`}`,
  () => {
    const folder = mkdtempSync(join(tmpdir(), "certificates-"));
    const file = (name: string): string => join(folder, name);
    const text = (name: string): string => readFileSync(file(name), "utf8").trim();
    const keygen = (...args: readonly string[]): void => void execFileSync("ssh-keygen", ["-q", ...args], { stdio: "ignore" });
    afterAll(() => rmSync(folder, { recursive: true }));

    /** Lets an agent run meanwhile. */
    const withAgent = async (work: (socket: string) => Promise<void>): Promise<void> => {
      const socket = file("agent");
      const pid = Number(/SSH_AGENT_PID=(\d+)/.exec(execFileSync("ssh-agent", ["-s", "-a", socket]).toString())?.[1]);
      try {
        await work(socket);
      } finally {
        process.kill(pid);
      }
    };

    // The server's own folders lie on this machine, where the real sshd leads to.
    test("a user's certificate beside privateKeyPath and a host of a @cert-authority: a connector goes live; then with the agent alone", async () => {
      for (const name of ["user-ca", "host-ca", "id_x", "host"]) keygen("-t", "ed25519", "-N", "", "-C", "", "-f", file(name));
      keygen("-s", file("user-ca"), "-I", "me", "-n", "root", file("id_x.pub"));
      keygen("-s", file("host-ca"), "-I", "node", "-h", "-n", "127.0.0.1", file("host.pub"));
      mkdirSync(file(".ssh"));
      writeFileSync(file(".ssh/known_hosts"), `@cert-authority 127.0.0.1,[127.0.0.1]:* ${text("host-ca.pub")}\n`);
      const sshd = await startSshd([
        `TrustedUserCAKeys ${file("user-ca.pub")}`,
        `HostCertificate ${file("host-cert.pub")}`,
        `HostKey ${file("host")}`,
        "HostKeyAlgorithms *-cert-v01@openssh.com",
      ]);
      const stage = await Stage.start(program, { backend: new Backend(packedLane()), transport: "local", nodes: 1 });
      const connection = { host: "127.0.0.1", port: sshd.port, user: "root", privateKeyPath: file("id_x") };
      const want = (version: string, by: object): void => {
        const nodes = stage.cluster.server.nodes.map(({ name }) => ({ name, connection: by }));
        stage.want({ server: { ...stage.cluster.server, nodes }, connectors: { a: { source: stage.package("a_jdbc", version) } } });
      };
      want("1.0.0", connection);
      try {
        await stage.project.stack("dev", { environment: { HOME: folder, SSH_AUTH_SOCK: "" } }).up();
        expect([await stage.restarts(), await stage.loaded()]).toEqual([1, [["a_jdbc 1.0.0"]]]);
        const { privateKeyPath: _key, ...withoutKey } = connection;
        want("1.1.0", withoutKey);
        await withAgent(async (socket) => {
          execFileSync("ssh-add", ["-q", file("id_x")], { env: { ...process.env, SSH_AUTH_SOCK: socket }, stdio: "ignore" });
          await stage.project.stack("dev", { environment: { HOME: folder, SSH_AUTH_SOCK: socket } }).up();
        });
        expect([await stage.restarts(), await stage.loaded()]).toEqual([2, [["a_jdbc 1.1.0"]]]);
      } finally {
        await stage.stop();
        await sshd.close();
      }
    });

    test("doctor says that it has post-quantum algorithms only", async () => {
      const sshd = await startSshd(["KexAlgorithms sntrup761x25519-sha512@openssh.com"]);
      const { status, out } = await doctor({ host: "127.0.0.1", port: sshd.port, hostKey: sshd.hostKey, privateKey: sshd.privateKey });
      await sshd.close();
      expect([status, out]).toEqual([1, expect.stringMatching(/STOPS +node1 .*no key exchange in common\..*post-quantum/)]);
    });
  },
);
