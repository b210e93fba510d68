import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { attachCluster, makeTaco, startCluster, type ClusterOptions } from "../../simulator";
import { availableIsolation, Control } from "../../simulator/nodes/control";
import { hasSshd, isRoot, mountsOf, place, processesOf, ssh, temporaryFolder } from "./support";

const transports = isRoot && hasSshd ? (["openssh", "builtin", "local"] as const) : (["builtin", "local"] as const);

describe("the life of a cluster", () => {
  let directory = "";
  beforeEach(() => (directory = temporaryFolder()));
  afterEach(() => rmSync(directory, { recursive: true, force: true }));
  const start = (options: Partial<ClusterOptions> = {}): ReturnType<typeof startCluster> =>
    startCluster({ directory, nodes: 2, transport: "builtin", jobMilliseconds: 5, ...options });

  test.each(transports)("%s: a stop leaves no process and no mount", async (transport) => {
    const cluster = await start({ transport, nodes: transport === "local" ? 1 : 2 });
    const started = processesOf(directory).length;
    await cluster.fault("job-busy", "60000");
    await cluster.stop();
    expect(started).toBeGreaterThan(0);
    expect([processesOf(directory), mountsOf(directory)]).toEqual([[], []]);
    await cluster.stop();
  });

  test("a stop ends what a client left running, and hanging calls", async () => {
    const cluster = await start();
    void ssh(cluster.nodes[0], "sleep 4711 & disown; sleep 4712").catch(() => undefined);
    const running = (): string[] => processesOf("sleep").filter((line) => /^sleep 471[12]/.test(line));
    while (running().length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
    await cluster.stop();
    expect(running()).toEqual([]);
  });

  test("a node ends with the process that started it", async () => {
    const cluster = await start({ nodes: 1 });
    await cluster.stop();
    const script = `process.stdin.resume();const { spawn } = require("node:child_process");
      const { pid } = spawn(${JSON.stringify("unshare")}, ${JSON.stringify([...(isRoot ? [] : ["--user", "--map-root-user"]), "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "bash", "simulator/scripts/node-init.sh", "namespace", `${directory}/nodes/node1`])}, { stdio: ["pipe", "inherit", "inherit", "pipe"], detached: true });`;
    const parent = spawn(process.execPath, ["-e", script], { stdio: ["pipe", "pipe", "inherit"] });
    await new Promise((resolve) => parent.stdout.once("data", resolve));
    expect(processesOf(directory).length).toBeGreaterThan(0);
    parent.kill("SIGKILL");
    for (let attempt = 0; attempt < 100 && processesOf(`${directory}/nodes`).length > 0; attempt++) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(processesOf(`${directory}/nodes`)).toEqual([]);
  });

  test("state, files, keys and ports survive a stop", async () => {
    const first = await start({ version: "2023.3", switches: { equalSet: "warns" } });
    const ports = first.nodes.map(({ connection }) => connection?.port);
    place(first, "node2", "/opt/tableau/connectors/a.taco", makeTaco({ class: "a", pluginVersion: "1.0" }));
    await first.tsm(["configuration", "set", "-k", "native_api.connect_plugins_path", "-v", "/x", "--force-keys"]);
    await first.tsm(["pending-changes", "apply", "--ignore-prompt"]);
    await first.tsm(["configuration", "set", "-k", "gateway.timeout", "-v", "1"]);
    const before = await first.state();
    await first.stop();
    const second = await startCluster({ directory });
    const after = await second.state();
    expect(second.nodes.map(({ connection }) => connection?.port)).toEqual(ports);
    const lasting = ({ version, applied, pending, restarts, applies, jobs, switches, nodes }: typeof before): unknown => [
      { version, applied, pending, restarts, applies, jobs, switches },
      nodes.map(({ files, loaded }) => [files, loaded]),
    ];
    expect(lasting(after)).toEqual(lasting(before));
    expect(after.nodes[1]?.loaded).toHaveLength(1);
    await second.stop();
  });

  test("a server that does not run at the start has no processes", async () => {
    const cluster = await start({ running: false });
    expect((await cluster.state()).status).toBe("STOPPED");
    expect((await cluster.run("node1", "pgrep -c vizqlserver")).output.trim()).toBe("0");
    await cluster.startServer();
    expect((await cluster.run("node1", "pgrep -c vizqlserver")).output.trim()).toBe("1");
    await cluster.stop();
  });

  test("a node joins later, is killed and comes back", async () => {
    const cluster = await start();
    await cluster.addNode();
    expect((await cluster.tsm(["topology", "list-nodes"])).stdout).toBe("node1\nnode2\nnode3\n");
    expect((await ssh(cluster.nodes[2], "echo here")).stdout).toBe("here\n");
    await cluster.killNode("node3");
    await expect(ssh(cluster.nodes[2], "true")).rejects.toThrow("ECONNREFUSED");
    expect((await cluster.tsm(["status"])).stdout).toBe("Status: DEGRADED\n");
    expect((await cluster.tsm(["restart"])).status).toBe(0);
    expect((await cluster.tsm(["status", "-v"])).stdout).toContain("'Tableau Server VizQL Server 0' status is unavailable.");
    await cluster.reviveNode("node3");
    expect((await ssh(cluster.nodes[2], "echo here")).stdout).toBe("here\n");
    expect((await cluster.tsm(["status"])).stdout).toBe("Status: RUNNING\n");
    await expect(cluster.killNode("node9")).rejects.toThrow("node1, node2, node3");
    await cluster.stop();
  });

  test("before 2019.2 everybody needs a password, and a set without a value is an error", async () => {
    const cluster = await start({ version: "2019.1", transport: "local", nodes: 1 });
    const refused = await cluster.tsm(["status"]);
    expect([refused.status, refused.stdout]).toEqual([1, "Logging in as user 'root' since no --username flag was given.\nPassword: "]);
    await cluster.tsm(["login", "-u", "admin"], { input: ["tableau-admin"] });
    expect((await cluster.tsm(["version"])).stdout).toMatch(/^Tableau Services Manager command line version 20191\.19\./);
    expect((await cluster.tsm(["configuration", "set", "-k", "gateway.timeout"])).stderr).toBe("Missing required option: v\n");
    await cluster.stop();
  });

  test("a call can be met at its moment, before it is answered", async () => {
    const cluster = await start();
    const met: string[] = [];
    const end = cluster.onCall(async ({ argv, user }) => {
      met.push([user, ...argv].join(" "));
      await cluster.tsm(["configuration", "set", "-k", "gateway.timeout", "-v", "1"]);
    });
    expect((await ssh(cluster.nodes[0], `${cluster.paths.tsm} pending-changes list --config-only`)).stdout).toContain("gateway.timeout: 1");
    end();
    await ssh(cluster.nodes[0], `${cluster.paths.tsm} status`);
    expect(met).toEqual(["root pending-changes list --config-only"]);
    await cluster.stop();
  });

  test("one node is a jump host for another", async () => {
    const cluster = await start();
    const [jump, target] = cluster.nodes;
    const { Client } = await import("ssh2");
    const through = await new Promise<string>((resolve, reject) => {
      const client = new Client();
      client.on("error", reject).on("ready", () => {
        client.forwardOut("127.0.0.1", 0, "127.0.0.1", target?.connection?.port ?? 0, (error, sock) => {
          if (error !== undefined) return reject(error);
          const inner = new Client();
          inner.on("error", reject).on("ready", () => {
            inner.exec("echo $SSH_CLIENT", (failed, channel) => {
              if (failed !== undefined) return reject(failed);
              channel.on("data", (chunk: Buffer) => {
                inner.end();
                client.end();
                resolve(chunk.toString());
              });
            });
          });
          inner.connect({ sock, username: "root", privateKey: target?.connection?.privateKey ?? "" });
        });
      });
      client.connect({
        host: "127.0.0.1",
        port: jump?.connection?.port ?? 0,
        username: "root",
        privateKey: jump?.connection?.privateKey ?? "",
      });
    });
    expect(through).toContain("127.0.0.1");
    await cluster.stop();
  });

  test("another process reaches the cluster through its folder", async () => {
    const cluster = await start();
    await expect(start()).rejects.toThrow("already");
    const attached = await attachCluster(directory);
    expect(attached.nodes).toEqual(cluster.nodes);
    expect(attached.server).toEqual(cluster.server);
    await attached.fault("controller-down");
    expect((await attached.tsm(["status"])).stderr).toBe("Could not connect to TSM Controller at 'node1:8850'.\n");
    await attached.clearFaults();
    await attached.switch("lineEnds", "crlf");
    expect((await attached.tsm(["status"])).stdout).toBe("Status: RUNNING\r\n");
    expect(await attached.state()).toEqual(await cluster.state());
    await expect(attached.fault("nonsense" as never)).rejects.toThrow("controller-down");
    await attached.stop();
    await cluster.stopped;
    await expect(attachCluster(directory)).rejects.toThrow("No simulated cluster runs");
    expect(processesOf(directory)).toEqual([]);
  });

  test("what the machine does not allow is refused in words", async () => {
    const folder = temporaryFolder();
    await expect(Control.start(availableIsolation(), `${folder}/nothing`)).rejects.toThrow("did not start");
    rmSync(folder, { recursive: true });
  });
});
