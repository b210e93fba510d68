import { faultSettings, makeTaco } from "../../simulator";
import { place, pluginsPath, sharedCluster } from "./support";

const apply = ["pending-changes", "apply", "--ignore-prompt"];

describe("faults of the server", () => {
  const shared = sharedCluster({ transport: "local" });
  const { tsm } = { tsm: (...argv: string[]) => shared.cluster.tsm(argv) };
  let value = 0;
  const makePending = (): Promise<unknown> => tsm("configuration", "set", "-k", pluginsPath, "-v", `/${++value}`, "--force-keys");
  const appliedPath = async (): Promise<string | undefined> => (await shared.cluster.state()).applied[pluginsPath];
  const statusNow = async (): Promise<string> => (await tsm("status")).stdout.trim();

  afterEach(async () => {
    await shared.cluster.clearFaults();
    await tsm("jobs", "reconnect");
    await tsm("pending-changes", "discard");
    await tsm("restart");
    expect(await statusNow()).toBe("Status: RUNNING");
  });

  test("controller-down: every call says so", async () => {
    await shared.cluster.fault("controller-down");
    for (const argv of [["status"], ["version"], apply]) {
      expect(await tsm(...argv)).toEqual({ status: 1, stdout: "", stderr: "Could not connect to TSM Controller at 'node1:8850'.\n" });
    }
  });

  test("process-words and status-words: status says so, while the server runs", async () => {
    await shared.cluster.fault("process-words", "vizqlserver:is unlicensed");
    await shared.cluster.fault("status-words", "UNDER MAINTENANCE");
    const { stdout } = await tsm("status", "-v");
    expect(stdout).toContain("'Tableau Server VizQL Server 0' is unlicensed.");
    expect(stdout).toContain("Status: UNDER MAINTENANCE");
    await shared.cluster.fault("process-words", "vizqlserver:");
    expect((await tsm("status", "-v")).stdout).not.toContain("VizQL");
    expect(await statusNow()).toBe("Status: UNDER MAINTENANCE");
    await tsm("stop");
    expect(await statusNow()).toBe("Status: STOPPED");
  });

  test("odd-looks: the calls of programs that only look are answered so, one after the other", async () => {
    await shared.cluster.fault("odd-looks", "fails,nothing,-,half,away,noise");
    const look = async (): Promise<readonly [number, string]> => {
      const { status, output } = await shared.cluster.run("node1", `${shared.cluster.paths.tsm} status`);
      return [status, output];
    };
    // What an administrator calls by hand is not concerned.
    expect(await statusNow()).toBe("Status: RUNNING");
    const [fails, nothing, right, half, away, noise, after] = [
      await look(),
      await look(),
      await look(),
      await look(),
      await look(),
      await look(),
      await look(),
    ];
    expect([fails[0], fails[1].includes("OutOfMemoryError")]).toEqual([1, true]);
    expect(nothing).toEqual([0, ""]);
    expect(right).toEqual([0, "Status: RUNNING\n"]);
    expect(half).toEqual([0, "Status: "]);
    expect([away[0], away[1].includes("Could not connect")]).toEqual([1, true]);
    expect(noise[1]).not.toContain("Status");
    expect(after).toEqual(right);
  });

  test.each([
    { setting: "once", fails: 1 },
    { setting: "always", fails: 2 },
  ])("apply-fails-before $setting: the job fails, nothing is taken, nothing restarts", async ({ setting, fails }) => {
    const before = await shared.cluster.state();
    await makePending();
    await shared.cluster.fault("apply-fails-before", setting);
    const ends = [await tsm(...apply), ...(fails === 2 ? [await tsm(...apply)] : [])];
    expect(ends.map(({ status, stdout }) => [status, stdout.includes("Successfully")])).toEqual(Array(fails).fill([1, false]));
    const after = await shared.cluster.state();
    expect([after.restarts - before.restarts, after.status, after.applied]).toEqual([0, "RUNNING", before.applied]);
    expect(after.pending).toEqual({ [pluginsPath]: `/${value}` });
    expect(after.jobs.at(-1)).toMatchObject({ type: "DeploymentsJob", status: "Failed" });
    if (setting === "once") expect((await tsm(...apply)).status).toBe(0);
  });

  test.each(["apply-fails-after", "restart-fails"] as const)("%s: an apply takes the keys, then the server is in ERROR", async (name) => {
    await makePending();
    await shared.cluster.fault(name, "once");
    expect((await tsm(...apply)).status).toBe(1);
    expect([await statusNow(), await appliedPath()]).toEqual(["Status: ERROR", `/${value}`]);
    expect((await shared.cluster.state()).pending).toEqual({});
  });

  test("restart-fails once: the server keeps what it had loaded in mind, the next restart loads anew", async () => {
    place(shared.cluster, "node1", "/opt/tableau/connectors/a.taco", makeTaco({ class: "a", pluginVersion: "1.0" }));
    await shared.cluster.fault("restart-fails", "once");
    expect((await tsm("restart")).status).toBe(1);
    expect(await statusNow()).toBe("Status: ERROR");
    expect((await tsm("status", "-v")).stdout).toContain("'Tableau Server VizQL Server 0' is in an error state.");
    expect((await shared.cluster.state()).nodes[0]?.loaded).toEqual([]);
    expect((await tsm("restart")).status).toBe(0);
    expect((await shared.cluster.state()).nodes[0]?.loaded).toHaveLength(1);
  });

  test("restart-fails always: until it is cleared", async () => {
    await shared.cluster.fault("restart-fails", "always");
    expect([(await tsm("restart")).status, (await tsm("restart")).status]).toEqual([1, 1]);
  });

  test.each(["DEGRADED", "ERROR", "STOPPED"])("start-state %s: the restart says it succeeded", async (setting) => {
    await shared.cluster.fault("start-state", setting);
    expect((await tsm("restart")).status).toBe(0);
    expect(await statusNow()).toBe(`Status: ${setting}`);
  });

  test("start-state recovers: DEGRADED, then RUNNING by itself", async () => {
    await shared.cluster.fault("start-state", "recovers:150");
    await tsm("restart");
    expect((await tsm("status", "-v")).stdout).toContain("'Tableau Server VizQL Server 0' is in a degraded state.");
    while ((await statusNow()) !== "Status: RUNNING") await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await tsm("status", "-v")).stdout).toContain("'Tableau Server VizQL Server 0' is running.");
  });

  test("job-busy: a restart waits for somebody's backup", async () => {
    await shared.cluster.fault("job-busy", "50");
    expect((await tsm("jobs", "list", "-t", "Running")).stdout).toContain("GenerateBackupJob");
    expect((await tsm("restart")).status).toBe(0);
    const [backup, restart] = (await shared.cluster.state()).jobs.slice(-2);
    expect([backup, restart]).toMatchObject([
      { type: "GenerateBackupJob", status: "Succeeded" },
      { type: "RestartServerJob", status: "Succeeded" },
    ]);
  });

  test("job-outlives-timeout: the client gives up, the job goes on", async () => {
    await makePending();
    await shared.cluster.fault("job-outlives-timeout", "200");
    expect(await tsm(...apply)).toMatchObject({ status: 1, stderr: expect.stringContaining("The job is still running.") as string });
    await shared.cluster.clearFaults();
    await tsm("jobs", "reconnect");
    expect(await appliedPath()).toBe(`/${value}`);
  });

  test("login-expired: refused once, then as before", async () => {
    await shared.cluster.fault("login-expired", "once");
    expect([(await tsm("status")).status, (await tsm("status")).status]).toEqual([1, 0]);
  });

  test("a fault that there is not is refused with those there are", async () => {
    await expect(shared.cluster.fault("earthquake" as never)).rejects.toThrow(Object.keys(faultSettings).join(", "));
  });
});
