import { readFileSync } from "node:fs";
import { isRoot, pluginsPath, sharedCluster, ssh, tsmPath } from "./support";

const knownNative = `Known keys:
native_api.connection_ip_whitelist
native_api.native_log_config_path
native_api.jdbc_config_path
native_api.kerberos_config_path
native_api.jdbc_classpath
native_api.e_p_s_path
native_api.connection_ip_blacklist
native_api.ConnectionIpWhitelist
native_api.use_galop
`;
const nothingPending = `Configuration
There are no pending configuration changes.
Topology
There are no pending topology changes.
`;
const applied = `Starting deployments asynchronous job.
Job id is 'N', timeout is 33.33 minutes.
6% - Retrieving the topology to deploy.
13% - Retrieving the configuration to deploy.
20% - Validating the new topology.
26% - Determining if server needs to be started.
33% - Disabling all services.
40% - Waiting for the services to stop.
46% - Updating nodes to new topology.
53% - Waiting for topology to be applied.
60% - Updating nodes to new configuration.
66% - Disabling all services.
73% - Waiting for the services to stop.
80% - Reconfiguring services.
86% - Waiting for services to reconfigure.    
93% - Enabling all services.
100% - Waiting for the services to start.
Successfully deployed nodes with updated configuration and topology version.
`;

describe("tsm of the simulated server", () => {
  const shared = sharedCluster({ nodes: 2, transport: "builtin", account: { username: "admin", password: 'pass"word' } });
  const tsm = (...argv: string[]): ReturnType<typeof shared.cluster.tsm> => shared.cluster.tsm(argv);
  const apply = ["pending-changes", "apply", "--ignore-prompt"];

  beforeEach(async () => {
    await shared.cluster.clearFaults();
    await tsm("pending-changes", "discard");
  });

  test.each([
    {
      argv: ["version"],
      status: 0,
      stdout: "Tableau Services Manager command line version 20242.24.0807.0327.\nTableau Server version 20242.24.0807.0327.\n",
    },
    { argv: ["status"], status: 0, stdout: "Status: RUNNING\n" },
    { argv: ["topology", "list-nodes"], status: 0, stdout: "node1\nnode2\n" },
    { argv: ["pending-changes", "list"], status: 0, stdout: nothingPending },
    {
      argv: ["pending-changes", "list", "--config-only"],
      status: 0,
      stdout: "Configuration\nThere are no pending configuration changes.\n",
    },
    { argv: ["pending-changes", "list", "--topology-only"], status: 0, stdout: "Topology\nThere are no pending topology changes.\n" },
    { argv: ["configuration", "get", "-k", "service.runas.username"], status: 0, stdout: isRoot ? "tableau\n" : "root\n" },
    { argv: ["configuration", "get", "--key=native_api.jdbc_classpath"], status: 0, stdout: "Null\n" },
    { argv: ["configuration", "get", "-k", pluginsPath], status: 1, stderr: `Unknown key: ${pluginsPath}.\n${knownNative}` },
    { argv: ["configuration", "get", "-k", "JdbcDriverCustomLoad"], status: 1, stderr: "Unknown key: JdbcDriverCustomLoad.\n" },
    { argv: ["configuration", "get", "-k", pluginsPath, "--force-keys"], status: 1, stderr: "Unrecognized option: --force-keys\n" },
    { argv: ["pending-changes", "apply", "--restart"], status: 1, stderr: "Unrecognized option: --restart\n" },
    { argv: ["configuration", "get"], status: 1, stderr: "Missing required option: k\n" },
    { argv: ["configuration", "get", "-k"], status: 1, stderr: "Missing argument for option: k\n" },
    { argv: ["configuration", "list-dynamic-keys"], status: 0, stdout: "basefilepath.site_import.exports\nbackgrounder.querylimit\n" },
    {
      argv: ["configuration", "set", "-k", pluginsPath, "-v", "/srv/connectors"],
      status: 1,
      stderr: `Configuration error: At least one configuration value you specified does not match a known configuration key. This applies to the following keys: '[${pluginsPath}]'

Use this parameter to override unknown key error: --force-keys
`,
    },
    { argv: ["configuration", "set", "-k", "gateway.timeout"], status: 1, stdout: "Enter value: ", stderr: "No value was given.\n" },
    { argv: ["jobs", "cancel", "-i", "4711"], status: 1, stderr: "There is no job with id '4711'.\n" },
  ])("$argv", async ({ argv, status, stdout = "", stderr = "" }) => {
    expect(await tsm(...argv)).toEqual({ status, stdout, stderr });
  });

  test("status -v tells each node and process", async () => {
    const { stdout } = await tsm("status", "-v");
    expect(stdout).toMatch(/^node1: node1\n\tStatus: RUNNING\n\t'Tableau Server Gateway 0' is running\.\n/);
    expect(stdout).toContain("\t'Tableau Server Repository 0' is running (Active Repository).\n");
    expect(stdout).toContain("\nnode2: node2\n\tStatus: RUNNING\n");
    expect(stdout).toContain("\t'Tableau Server Repository 0' is running (Passive Repository).\n");
  });

  test("a set is pending, get shows what is applied, apply restarts once", async () => {
    const before = await shared.cluster.state();
    await tsm("configuration", "set", "-k", pluginsPath, "-v", "C:/my connectors", "--force-keys");
    expect((await tsm("configuration", "get", "-k", pluginsPath)).stderr).toContain("Unknown key");
    expect((await tsm("pending-changes", "list")).stdout).toBe(
      `Configuration\n${pluginsPath}: C:/my connectors\nTopology\nThere are no pending topology changes.\nThese changes will require a server restart.\n`,
    );
    const end = await tsm("pending-changes", "apply", "--ignore-prompt", "--request-timeout", "2000");
    expect({ ...end, stdout: end.stdout.replace(/Job id is '\d+'/, "Job id is 'N'") }).toEqual({ status: 0, stdout: applied, stderr: "" });
    expect((await tsm("configuration", "get", "-k", pluginsPath)).stdout).toBe("C:/my connectors\n");
    const after = await shared.cluster.state();
    expect([after.restarts - before.restarts, after.applies - before.applies]).toEqual([1, 1]);
    expect(after.pending).toEqual({});
  });

  test("dynamic keys need no restart and no answer to a question", async () => {
    const before = await shared.cluster.state();
    await tsm("configuration", "set", "-k", "backgrounder.querylimit", "-v", "7");
    expect((await tsm("pending-changes", "list")).stdout).not.toContain("restart.");
    expect(await tsm("pending-changes", "apply")).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("100% - Waiting for services to reconfigure.\nSuccessfully") as string,
    });
    expect((await shared.cluster.state()).restarts).toBe(before.restarts);
  });

  test.each([
    { input: ["y"], applies: 1 },
    { input: ["n"], applies: 0 },
    { input: [], applies: 0 },
  ])("an apply asks before it restarts; answer $input", async ({ input, applies }) => {
    const before = await shared.cluster.state();
    await tsm("configuration", "set", "-k", "gateway.timeout", "-v", String(8000 + input.length));
    const { status, stdout } = await shared.cluster.tsm(["pending-changes", "apply"], { input });
    expect([status, stdout.includes("Canceling job to avoid restarting server")]).toEqual([0, applies === 0]);
    expect((await shared.cluster.state()).applies - before.applies).toBe(applies);
  });

  test("a topology change is applied along, and listed", async () => {
    await tsm("topology", "set-process", "-n", "node1", "-pr", "backgrounder", "-c", "4");
    expect((await tsm("pending-changes", "list")).stdout).toContain(
      "node1: backgrounder 4\nThese changes will require a server restart.\n",
    );
    await tsm("pending-changes", "discard", "--config-only");
    expect((await shared.cluster.state()).pendingTopology).toHaveLength(1);
    await tsm(...apply);
    expect((await shared.cluster.state()).pendingTopology).toEqual([]);
  });

  test("a stopped server takes keys and is not started; restart starts it", async () => {
    await shared.cluster.stopServer();
    const before = await shared.cluster.state();
    await tsm("configuration", "set", "-k", "gateway.timeout", "-v", "9000");
    expect((await tsm(...apply)).status).toBe(0);
    const after = await shared.cluster.state();
    expect([after.status, after.restarts - before.restarts, after.applied["gateway.timeout"]]).toEqual(["STOPPED", 0, "9000"]);
    expect((await tsm("status", "-v")).stdout).toContain("'Tableau Server VizQL Server 0' is stopped.");
    expect((await shared.cluster.startServer()).status).toBe(0);
    expect((await shared.cluster.state()).status).toBe("RUNNING");
  });

  test("over ssh it prints and exits alike, and records who called", async () => {
    const { stdout, status } = await ssh(shared.cluster.nodes[0], `${tsmPath} configuration get -k 'a  b$(id)"'; ${tsmPath} status`);
    expect([status, stdout]).toEqual([0, "Status: RUNNING\n"]);
    const calls = (await shared.cluster.state()).calls.slice(-2);
    expect(calls.map(({ node, user, argv, stdin, status: end }) => ({ node, user, argv, stdin, end }))).toEqual([
      { node: "node1", user: "root", argv: ["configuration", "get", "-k", 'a  b$(id)"'], stdin: "not-read", end: 1 },
      { node: "node1", user: "root", argv: ["status"], stdin: "not-read", end: 0 },
    ]);
    expect(calls.every(({ pid }) => pid > 1)).toBe(true);
  });

  test("the end of the client is not the end of its job", async () => {
    await shared.cluster.fault("job-outlives-timeout", "200");
    await tsm("configuration", "set", "-k", "gateway.timeout", "-v", "9100");
    await ssh(shared.cluster.nodes[0], `${tsmPath} ${apply.join(" ")} & sleep 0.05; kill -9 $!; wait`);
    expect((await shared.cluster.state()).jobs.at(-1)).toMatchObject({ type: "DeploymentsJob", status: "Running" });
    await shared.cluster.clearFaults();
    expect((await tsm("jobs", "reconnect")).stdout).toContain("100% - Waiting for the services to start.");
    expect((await shared.cluster.state()).applied["gateway.timeout"]).toBe("9100");
  });

  test("a running deployment cannot be cancelled, a queued job can", async () => {
    await shared.cluster.fault("job-busy", "100");
    await tsm("configuration", "set", "-k", "gateway.timeout", "-v", "9200");
    const end = tsm(...apply);
    expect((await tsm("jobs", "list", "--status", "Queued")).stdout).toContain("DeploymentsJob");
    const { id } = (await shared.cluster.state()).jobs.at(-1) ?? { id: 0 };
    expect((await tsm("jobs", "cancel", "-i", String(id))).status).toBe(0);
    expect((await end).status).toBe(1);
    expect((await shared.cluster.state()).jobs.at(-1)).toMatchObject({ id, status: "Cancelled" });
  });

  test.each([
    { argv: ["-u", "admin", "-s", "https://node1:8850"], input: 'pass"word', status: 0 },
    { argv: ["-u", "admin", "-s", "https://node1:8850"], input: 'pass\\"word', status: 0 },
    { argv: ["-u", "admin"], input: "wrong", status: 1 },
    { argv: ["-u", "other"], input: 'pass"word', status: 1 },
    { argv: ["-u", "admin"], input: "", status: 1 },
  ])("a password on standard input: $argv, $input", async ({ argv, input, status }) => {
    expect((await ssh(shared.cluster.nodes[0], `${tsmPath} status ${argv.join(" ")}`, input)).status).toBe(status);
    const state = await shared.cluster.state();
    expect(state.calls.at(-1)?.stdin).toBe(input === "" ? "empty" : "carried");
    expect(JSON.stringify(state)).not.toContain(JSON.stringify(input).slice(1, -1) || "\u0000");
  });

  test("another node reaches the controller by name and login only", async () => {
    const elsewhere = { node: "node2", as: "root" };
    expect((await shared.cluster.tsm(["status"], elsewhere)).stderr).toBe("Could not connect to TSM Controller at 'node2:8850'.\n");
    const login = await shared.cluster.tsm(["login", "-s", "https://node1:8850", "-u", "admin"], { ...elsewhere, input: ['pass"word'] });
    expect(login.status).toBe(0);
    expect((await shared.cluster.tsm(["status", "-s", "https://node1:8850"], elsewhere)).stdout).toBe("Status: RUNNING\n");
    await shared.cluster.tsm(["logout", "-s", "https://node1:8850"], elsewhere);
    expect((await shared.cluster.tsm(["status", "-s", "https://node1:8850"], elsewhere)).status).toBe(1);
  });

  test.each([
    ["stranger", 1],
    ["tableau", 0],
    ["root", 0],
  ])("%s calls without a password: exit %d", async (as, status) => {
    expect((await shared.cluster.tsm(["status"], { as })).status).toBe(status);
  });

  test("settings export writes the applied keys", async () => {
    await tsm("settings", "export", "-f", "/tmp/settings.json");
    const written = JSON.parse(readFileSync(shared.cluster.nodePath("node1", "/tmp/settings.json"), "utf8")) as {
      configKeys: Record<string, string>;
    };
    expect(written.configKeys).toEqual((await shared.cluster.state()).applied);
  });
});
