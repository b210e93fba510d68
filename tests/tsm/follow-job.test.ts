import { TableauError } from "../../provider/vocabulary/error";
import { applyPending, restart } from "../../provider/tsm/command";
import { followJob } from "../../provider/tsm/follow-job";
import { ignoreTransientPollError, listedJobs, reconnect, type JobContext } from "../../provider/tsm/job-context";
import type { ClientEnd, LostJob } from "../../provider/tsm/long-job";
import { parseJobOutput } from "../../provider/tsm/parse-job-output";
import { Runner } from "../../provider/tsm/runner";
import { codeOf } from "./support/code-of";
import { answerOf } from "./support/answer";
import { FakeClock } from "./support/fake-clock";
import { FakeHost, HostFails, type FakeOutput } from "./support/fake-host";

const options = { requestTimeoutSeconds: 100, commandTimeoutSeconds: 10 };
const call = applyPending(100);
const started = "Job id is '7', timeout is 30 minutes.";
const deployed = "Successfully deployed nodes with updated configuration and topology version.";
const hostError = (code: "host-connection-lost" | "host-login-refused"): HostFails =>
  new HostFails(new TableauError(code, { node: "node1", message: "Lost.", next: "Try again." }));

type Reply = FakeOutput | HostFails;

/** What the program that started the job came to. */
function client(how: ClientEnd["how"], text: string, exit?: number): ClientEnd {
  const answer = exit === undefined ? undefined : answerOf(call, { stdout: text, exit });
  return { how, answer, start: text.includes("Job id") ? "seen" : "not-seen", output: parseJobOutput(text) };
}

/** Where a list of replies is at its end, the last is given again. */
function world(
  lists: readonly Reply[],
  reconnects: readonly Reply[],
): { context: JobContext; host: FakeHost; clock: FakeClock; told: string[] } {
  const [left, again] = [[...lists], [...reconnects]];
  const host = new FakeHost(({ args }) => {
    const replies = args[1] === "list" ? left : again;
    const reply = replies.length > 1 ? replies.shift() : replies[0];
    if (reply instanceof HostFails) throw reply;
    return reply ?? {};
  });
  const [clock, told] = [new FakeClock(), [] as string[]];
  return { host, clock, told, context: { runner: new Runner(host, options), options, clock, onProgress: (line) => told.push(line) } };
}

async function follow(end: ClientEnd, lists: readonly Reply[], reconnects: readonly Reply[] = [{ exit: 1 }], before = "") {
  const { context, host, clock } = world(lists, reconnects);
  const ids = before === "" ? [] : [{ id: before, status: "succeeded", word: "Succeeded" } as const];
  const lost: LostJob = { job: { kind: "apply", call }, before: { jobs: ids, readable: true }, client: end };
  const result = await followJob(lost, context).catch(codeOf);
  const outcome =
    typeof result === "object" && result !== null && "succeeded" in result ? (result.succeeded ? "succeeded" : "failed") : result;
  return { outcome, commands: host.commands, slept: clock.slept };
}

const list = (...rows: readonly string[]): FakeOutput => ({ stdout: rows.length === 0 ? "There are no jobs." : rows.join("\n") });
const unreadable: FakeOutput = { stdout: "1 läuft" };
const [running, succeeded, failed] = ["7 DeploymentsJob Running", "7 DeploymentsJob Succeeded", "7 DeploymentsJob Failed"];

describe("where the list can be read", () => {
  test.each<[string, ClientEnd, readonly Reply[], readonly Reply[], string]>([
    ["has succeeded", client("cut", started), [list(succeeded)], [], "succeeded"],
    ["has failed", client("cut", started), [list(failed)], [], "failed"],
    ["succeeds in the end", client("cut", started), [list(running), list(succeeded)], [{ exit: 1 }], "succeeded"],
    ["shows its success when reconnected", client("cut", started), [list(running)], [{ stdout: deployed }], "succeeded"],
    ["ends for others when reconnected", client("cut", started), [list(running), list(failed)], [{ stdout: "Done." }], "failed"],
    ["is another's that runs", client("cut", started), [list("9 OtherJob Running"), list()], [{ exit: 1 }], "failed"],
    ["is left out, and said that it succeeded", client("cut", `${started}\n${deployed}`), [list()], [], "succeeded"],
    ["is left out, and asked for once", client("cut", started), [list()], [{ stdout: deployed }], "succeeded"],
    ["is left out, and refused when it is asked for", client("cut", started), [list()], [{ exit: 1 }], "failed"],
    ["is left out, its program ended", client("ended", started, 1), [list()], [{ stdout: deployed }], "failed"],
    ["is left out, its number unknown", client("cut", ""), [list()], [{ stdout: deployed }], "failed"],
    ["was refused behind another that is new", client("ended", "It failed.", 1), [list("9 OtherJob Failed")], [], "other-job-in-the-way"],
    ["was refused, with no other", client("ended", "It failed.", 1), [list("3 OtherJob Failed")], [], "failed"],
    ["was cut beside another that is new", client("cut", "It failed."), [list("9 OtherJob Failed")], [], "failed"],
    ["was started beside another that is new", client("ended", `${started}\nIt failed.`, 1), [list("9 OtherJob Failed")], [], "failed"],
    ["ended without a word beside another", client("ended", "", 1), [list("9 OtherJob Failed")], [], "failed"],
    ["is seen again after a lost connection", client("cut", started), [hostError("host-connection-lost"), list(failed)], [], "failed"],
    ["is told nothing of where the login is refused", client("cut", started), [hostError("host-login-refused")], [], "host-login-refused"],
  ])("a job that %s", async (_, end, lists, reconnects, outcome) => {
    expect((await follow(end, lists, reconnects, "3")).outcome).toBe(outcome);
  });
});

describe("where the list cannot be read", () => {
  test.each<[string, ClientEnd, readonly Reply[], string]>([
    ["exit 0 of its program", client("ended", started, 0), [], "failed"],
    ["words of its program", client("ended", `${started}\nIt failed.`, 1), [], "failed"],
    ["its end when reconnected", client("ended", started, 1), [{ stdout: "Done." }], "failed"],
    ["its success when reconnected", client("ended", started, 1), [{ stdout: deployed }], "succeeded"],
    ["a complaint when reconnected", client("ended", started, 1), [{ stdout: "It failed.", exit: 1 }], "failed"],
    ["nothing", client("ended", started, 1), [{ exit: 1 }], "tsm-job-timeout"],
    ["nothing, its number unknown", client("ended", "", 1), [{ stdout: deployed }], "tsm-job-timeout"],
    ["that it runs, and at last its success", client("ended", started, 1), [{ stdout: "Timed out." }, { stdout: deployed }], "succeeded"],
    [
      "nothing for once, and then its success",
      client("ended", started, 1),
      [hostError("host-connection-lost"), { stdout: deployed }],
      "succeeded",
    ],
    ["its success after a cut", client("cut", started), [{ exit: 1 }, { stdout: deployed }], "succeeded"],
    ["success of the newest, which could be any", client("cut", ""), [{ stdout: deployed }], "tsm-job-timeout"],
    ["nothing after a cut", client("cut", started), [{ exit: 1 }], "tsm-job-timeout"],
  ])("%s decides", async (_, end, reconnects, outcome) => {
    expect((await follow(end, [unreadable], reconnects)).outcome).toBe(outcome);
  });

  test("sight of the newest job is lost at once, and of one that runs at the end of its time", async () => {
    expect((await follow(client("cut", ""), [unreadable], [{ stdout: deployed }])).slept).toEqual([]);
    expect((await follow(client("cut", started), [unreadable])).slept).toEqual([1, 2, 4, 8, 16, 30, 30, 9]);
  });
});

test("reconnects to the job of the number, else to the one that runs, for the time that is left", async () => {
  const reconnected = async (end: ClientEnd, rows: readonly string[]): Promise<readonly string[]> => {
    const { commands } = await follow(end, [list(...rows), list(failed)]);
    return commands.filter((command) => command.startsWith("jobs reconnect"));
  };
  expect(await reconnected(client("cut", started), [running])).toEqual(["jobs reconnect --id 7 --request-timeout 100"]);
  expect(await reconnected(client("cut", ""), [running, "3 OtherJob Running"])).toEqual(["jobs reconnect --id 7 --request-timeout 100"]);
  expect(await reconnected(client("cut", ""), ["9 OtherJob Failed", "8 OtherJob Running"])).toEqual([
    "jobs reconnect --id 8 --request-timeout 100",
  ]);
});

describe("one look at a running job", () => {
  test("reconnecting takes whole seconds, one at least, and more for its start and end", async () => {
    const { context, host } = world([], [{}]);
    for (const seconds of [0.2, -5, 3.1]) await reconnect(context, undefined, seconds);
    expect(host.commands.map((command) => command.split(" ").at(-1))).toEqual(["1", "1", "4"]);
    expect(host.scripts.map(({ timeoutSeconds }) => timeoutSeconds)).toEqual([61, 61, 64]);
  });

  test("tells its progress", async () => {
    const { context, told } = world([], [{ stdout: "10% - One.\nsomething\n20% - Two." }]);
    await reconnect(context, "7", 5);
    expect(told).toEqual(["10% - One.", "20% - Two."]);
  });

  test("lists the jobs within the time of a command", async () => {
    const { context, host } = world([list(running)], []);
    expect((await listedJobs(context)).jobs.jobs).toHaveLength(1);
    expect(host.scripts[0]?.timeoutSeconds).toBe(10);
  });

  test("takes what cannot be seen for nothing, and throws what is an answer", () => {
    const error = hostError("host-login-refused").error;
    expect(ignoreTransientPollError(hostError("host-connection-lost").error)).toBeUndefined();
    expect(() => ignoreTransientPollError(error)).toThrow(error);
    expect(() => ignoreTransientPollError("x")).toThrow();
  });
});

test("a restart needs no sentence when it is reconnected", async () => {
  const { context } = world([list("7 RestartServerJob Running")], [{ stdout: "Done." }]);
  const lost: LostJob = {
    job: { kind: "restart", call: restart(100) },
    before: { jobs: [], readable: true },
    client: client("cut", started),
  };
  expect(await followJob(lost, context)).toEqual({ succeeded: true, text: "Done." });
});
