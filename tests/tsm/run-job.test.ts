import { createTsm } from "../../provider/tsm/create-tsm";
import { TableauError } from "../../provider/vocabulary/error";
import { codeOf } from "./support/code-of";
import { FakeHost, HostFails, type FakeOutput } from "./support/fake-host";
import { server } from "./support/fake-server";
import { FakeJobs, type FakeJobsOptions } from "./support/fake-jobs";
import { FakeClock } from "./support/fake-clock";
import { options, start } from "./support/start-tsm";

const apply = "pending-changes apply --ignore-prompt --request-timeout 1800";

test("an apply that says so has succeeded, its progress told as it comes", async () => {
  const fake = new FakeJobs();
  const { run, progress } = start(fake);
  expect(await run()).toBe("succeeded");
  expect(fake.host.commands).toEqual(["jobs list", apply]);
  expect(progress).toEqual([
    "Starting deployments asynchronous job.",
    "Job id is '1', timeout is 30 minutes.",
    "6% - Retrieving the topology to deploy.",
    "100% - Waiting for the services to start.",
    "Successfully deployed nodes with updated configuration and topology version.",
  ]);
});

test("a restart needs no sentence", async () => {
  const fake = new FakeJobs();
  expect(await start(fake).run("restart")).toBe("succeeded");
  expect(fake.host.commands).toEqual(["jobs list", "restart --request-timeout 1800"]);
});

describe.each(["apply", "restart"] as const)("%s", (kind) => {
  test("asks for the jobs and starts its own in one script, once the server was looked at", async () => {
    const fake = new FakeJobs();
    fake.add("GenerateBackupJob", -1);
    expect(await start(fake).lookAndRun(kind)).toBe("succeeded");
    expect(fake.host.scripts).toHaveLength(2);
    expect(fake.host.commands.slice(-2)).toEqual(["jobs list", expect.stringMatching(/^(?:pending-changes apply|restart) /)]);
    expect(fake.launched).toBe(1);
  });

  test("waits for a job that began since the look, then starts its own", async () => {
    const fake = new FakeJobs();
    const { tsm, run } = start(fake);
    await tsm.look();
    fake.add("GenerateBackupJob", 500);
    const before = fake.host.commands.length;
    expect(await run(kind)).toBe("succeeded");
    expect(fake.host.commands.slice(before, before + 3)).toEqual([
      "jobs list",
      expect.stringMatching(/^jobs reconnect --id 1 /),
      "jobs list",
    ]);
    expect(fake.launched).toBe(1);
  });

  test.each<readonly [string, FakeJobsOptions, string]>([
    ["starts all the same", {}, "succeeded"],
    ["starts all the same and fails", { end: "Failed" }, "failed"],
    ["starts all the same, its number unknown", { restartPrints: "nothing" }, "succeeded"],
    ["never starts", { client: "never-starts" }, "host-connection-lost"],
  ])("a connection that is lost before the list has come, the job %s", async (_, faults, end) => {
    const fake = new FakeJobs(faults);
    fake.add(kind === "apply" ? "DeploymentsJob" : "RestartServerJob", -1);
    const { tsm, run } = start(fake);
    await tsm.look();
    fake.host.loseNext();
    expect(await run(kind)).toBe(end);
    expect(fake.launched).toBe(faults.client === "never-starts" ? 0 : 1);
  });

  test("waits for a job that is running, then starts its own", async () => {
    const fake = new FakeJobs();
    fake.add("GenerateBackupJob", 500);
    expect(await start(fake).run(kind)).toBe("succeeded");
    expect(fake.host.commands.slice(0, 3)).toEqual(["jobs list", expect.stringMatching(/^jobs reconnect --id 1 /), "jobs list"]);
    expect(fake.launched).toBe(1);
  });

  test("asks the list where reconnecting fails, less and less often", async () => {
    const fake = new FakeJobs({ reconnect: "fails" });
    fake.add("GenerateBackupJob", 300);
    expect(await start(fake).run(kind)).toBe("succeeded");
    expect(fake.clock.slept.slice(0, 7)).toEqual([1, 2, 4, 8, 16, 30, 30]);
  });

  test("starts nothing while another job runs on and on", async () => {
    const fake = new FakeJobs({ reconnect: "fails" });
    fake.add("GenerateBackupJob", 1e9);
    expect(await start(fake).run(kind)).toBe("tsm-job-timeout");
    expect(fake.launched).toBe(0);
  });

  test.each<readonly [string, FakeJobsOptions, string]>([
    ["fails", { end: "Failed" }, "failed"],
    ["fails, and the list fails too", { end: "Failed", list: "fails" }, "failed"],
    ["fails, and the list cannot be read", { end: "Failed", list: "unreadable" }, "failed"],
    ["outlives tsm", { client: "times-out", takes: 2500 }, "succeeded"],
    ["outlives tsm and fails", { client: "times-out", takes: 2500, end: "Failed" }, "failed"],
    ["ends while tsm gives up", { client: "times-out", takes: 1800 }, "succeeded"],
    ["outlives the connection", { client: "connection-lost" }, "succeeded"],
    ["outlives the connection, in blocks", { client: "connection-lost", list: "blocks" }, "succeeded"],
    ["outlives the connection and fails", { client: "connection-lost", end: "Failed" }, "failed"],
    ["outlives the connection, no reconnect", { client: "connection-lost", reconnect: "fails" }, "succeeded"],
    ["outlives two connections", { client: "connection-lost", reconnect: "connection-lost" }, "succeeded"],
    ["outlives the connection, list unreadable", { client: "connection-lost", list: "unreadable" }, "succeeded"],
    ["is lost before a line", { client: "lost-before-a-line" }, "succeeded"],
    ["is lost before a line and fails", { client: "lost-before-a-line", end: "Failed" }, "failed"],
    ["is lost before it starts", { client: "never-starts" }, "failed"],
    ["outlives its login", { client: "expires" }, "succeeded"],
    ["cannot be seen at all", { client: "connection-lost", list: "unreadable", reconnect: "fails" }, "tsm-job-timeout"],
    ["cannot be seen at all and fails", { client: "connection-lost", list: "fails", reconnect: "fails", end: "Failed" }, "tsm-job-timeout"],
    ["is left silently", { client: "gives-up-silently" }, "succeeded"],
    ["is left silently and fails", { client: "gives-up-silently", end: "Failed" }, "failed"],
    ["is left silently, list unreadable", { client: "gives-up-silently", list: "unreadable" }, "succeeded"],
    ["ends unseen, and the list leaves it out", { client: "connection-lost", takes: 0, list: "only-active" }, "succeeded"],
    ["waits behind another", { other: "queue" }, "succeeded"],
    ["must wait for another", { other: "refuse" }, "succeeded"],
    ["must wait for another, exit 0", { other: "refuse-exit-0" }, "succeeded"],
    ["must wait for another and fails", { other: "refuse", end: "Failed" }, "failed"],
    ["prints words", { restartPrints: "words" }, "succeeded"],
    ["prints nothing", { restartPrints: "nothing" }, "succeeded"],
    ["prints nothing and fails", { restartPrints: "nothing", end: "Failed" }, "failed"],
    ["prints nothing and outlives the connection", { restartPrints: "nothing", client: "connection-lost" }, "succeeded"],
    ["never ends", { client: "times-out", takes: 1e9 }, "tsm-job-timeout"],
  ])("a job that %s: started once, told rightly", async (_, faults, end) => {
    const fake = new FakeJobs(faults);
    expect(await start(fake).run(kind)).toBe(end);
    expect(fake.launched).toBe(faults.client === "never-starts" ? 0 : 1);
    const looked = new FakeJobs(faults);
    expect(await start(looked).lookAndRun(kind)).toBe(end);
    expect(looked.launched).toBe(fake.launched);
  });
});

test("an apply that was declined has failed, whatever its status", async () => {
  for (const exit of [0, 1]) {
    const host = new FakeHost(({ args }) =>
      args[0] === "jobs" ? { stdout: "There are no jobs.\n" } : { stdout: "Canceling job to avoid restarting server\n", exit },
    );
    const end = await createTsm(host, options, new FakeClock()).applyPending(() => undefined);
    expect(end).toEqual({ succeeded: false, text: "Canceling job to avoid restarting server" });
    expect(host.commands).toEqual(["jobs list", apply]);
  }
});

test("an apply that exits 0 without the sentence has not succeeded", async () => {
  const host = new FakeHost(({ args }) =>
    args[0] === "jobs" ? { stdout: "There are no jobs.\n" } : { stdout: "There are no pending changes to apply.\n" },
  );
  expect(await createTsm(host, options, new FakeClock()).applyPending(() => undefined)).toMatchObject({ succeeded: false });
});

test("a controller that is down is an error, and nothing was started", async () => {
  const host = new FakeHost(() => ({ stdout: "Could not connect to server\n", exit: 1 }));
  await expect(createTsm(host, options, new FakeClock()).restart(() => undefined)).rejects.toMatchObject({ code: "tsm-unreachable" });
  expect(host.commands).toEqual(["jobs list"]);
});

test("a controller that goes down before the start is an error", async () => {
  const host = new FakeHost(({ args }) =>
    args[0] === "jobs" ? { stdout: "There are no jobs.\n" } : { stdout: "Could not connect to server\n", exit: 1 },
  );
  await expect(createTsm(host, options, new FakeClock()).restart(() => undefined)).rejects.toMatchObject({ code: "tsm-unreachable" });
});

test("no secret gets into progress or text", async () => {
  const output =
    "10% - Set wgserver.domain.password=hunter2\nwgserver.domain.password is hunter2\nThe value 'hunter2' is bad\npassword = hunter2\n";
  const host = new FakeHost(({ args }) => (args[0] === "jobs" ? { stdout: "There are no jobs.\n" } : { stdout: output, exit: 1 }));
  const progress: string[] = [];
  const end = await createTsm(host, options, new FakeClock()).applyPending((line) => progress.push(line));
  expect(JSON.stringify([end, progress])).not.toContain("hunter2");
});

test("joining waits for all jobs, one after the other", async () => {
  const fake = new FakeJobs();
  fake.add("GenerateBackupJob", 100);
  fake.add("CleanupJob", 400);
  await createTsm(fake.host, options, fake.clock).joinRunningJobs(() => undefined);
  expect(fake.jobs.map((job) => job.status)).toEqual(["Succeeded", "Succeeded"]);
  expect(fake.launched).toBe(0);
});

/** Runs a job against a list of jobs and the words of the program that starts it, each for the so-and-so-manieth time it is asked. */
async function runOn(
  kind: "apply" | "restart",
  {
    list,
    start: begin,
    look = false,
    seconds = 1,
  }: { list: (n: number) => FakeOutput; start: FakeOutput | HostFails; look?: boolean; seconds?: number },
) {
  const clock = new FakeClock();
  clock.seconds = 5000;
  let [lists, starts] = [0, 0];
  const host = new FakeHost((call) => {
    if (call.command === "jobs list") return list((lists += 1));
    if (call.args[1] === "reconnect") return { exit: 1 };
    if (call.args[0] !== "restart" && call.args[1] !== "apply") return server()(call);
    starts += 1;
    clock.seconds += seconds;
    if (begin instanceof HostFails) throw begin;
    return begin;
  });
  const tsm = createTsm(host, options, clock);
  if (look) await tsm.look();
  const before = host.scripts.length;
  const run = kind === "apply" ? tsm.applyPending(() => undefined) : tsm.restart(() => undefined);
  const end = await run.then(({ succeeded }) => (succeeded ? "succeeded" : "failed"), codeOf);
  return { end, starts, lists, slept: clock.slept, scripts: host.scripts.slice(before) };
}

const none: FakeOutput = { stdout: "There are no jobs." };
const refused: FakeOutput = { stdout: "It failed.", exit: 1 };

test.each([true, false])("a job that others get in the way of again and again is started three times (%s)", async (look) => {
  const list = (n: number): FakeOutput => ({ stdout: `${String(n)} OtherJob Failed` });
  const { end, starts, scripts } = await runOn("apply", { list, start: refused, look });
  expect([end, starts]).toEqual(["failed", 3]);
  // Only the first list after a look comes in the script of the job.
  expect(scripts).toHaveLength(look ? 8 : 9);
});

test("a job that fails by itself is looked for once", async () => {
  expect(await runOn("apply", { list: () => none, start: refused })).toMatchObject({ end: "failed", starts: 1, lists: 2 });
});

test("a job has its own time, and more for what comes before it", async () => {
  const times = async (setting: { look?: boolean }): Promise<readonly number[]> =>
    (await runOn("restart", { list: () => none, start: {}, ...setting })).scripts.map(({ timeoutSeconds }) => timeoutSeconds);
  expect(await times({ look: true })).toEqual([1920]);
  expect(await times({})).toEqual([60, 1860]);
});

test("of the jobs before ours, those count that the list of its own script shows", async () => {
  const list = (n: number): FakeOutput => (n === 1 ? none : { stdout: "1 DeploymentsJob Succeeded" });
  const lost = new HostFails(new TableauError("host-connection-lost", { node: "node1", message: "Lost.", next: "Try again." }));
  expect((await runOn("apply", { list, start: lost, look: true })).end).toBe("failed");
});

test.each([
  [1800, true],
  [1798, false],
])("a program that ran for %d seconds without a word may have given up waiting: %s", async (seconds, gaveUp) => {
  const list = (n: number): FakeOutput => (n === 1 ? none : { stdout: "1 läuft" });
  const { end, slept } = await runOn("apply", { list, start: { exit: 1 }, seconds });
  expect(end).toBe("tsm-job-timeout");
  expect(slept.length > 0).toBe(gaveUp);
});

test.each([
  ["Stopping service...\nIt failed.", "succeeded"],
  ["It failed.", "failed"],
])("a restart that says %j takes the stop of a server for its own: %s", async (stdout, end) => {
  const list = (n: number): FakeOutput => (n === 1 ? none : { stdout: "1 StopServerJob Succeeded" });
  expect((await runOn("restart", { list, start: { stdout, exit: 1 } })).end).toBe(end);
});

test("a job whose number was told is started once, whatever else runs", async () => {
  const list = (n: number): FakeOutput => (n === 1 ? none : { stdout: "1 OtherJob Failed" });
  expect(await runOn("apply", { list, start: { stdout: "Job id is 2\nIt failed.", exit: 1 } })).toMatchObject({ end: "failed", starts: 1 });
});

test("a login that the node refuses is an error at once", async () => {
  const error = new TableauError("host-login-refused", { node: "node1", message: "Refused.", next: "Try again." });
  expect(await runOn("apply", { list: () => none, start: new HostFails(error) })).toMatchObject({ end: "host-login-refused", lists: 1 });
});

test("where nobody saw the start and the list cannot be read, the job may run", async () => {
  const fake = new FakeJobs({ list: "unreadable" });
  const { tsm, run } = start(fake);
  await tsm.look();
  fake.host.loseNext();
  expect(await run()).toBe("tsm-job-timeout");
});
