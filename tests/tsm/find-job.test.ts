import { applyPending, restart } from "../../provider/tsm/command";
import { findJob, newJobs } from "../../provider/tsm/find-job";
import { isSuccess, saysTimedOut, type ClientEnd, type LongJob, type LostJob } from "../../provider/tsm/long-job";
import { parseJobOutput, type JobOutput } from "../../provider/tsm/parse-job-output";
import type { Job } from "../../provider/tsm/parse-jobs";

const apply: LongJob = { kind: "apply", call: applyPending(60) };
const restarting: LongJob = { kind: "restart", call: restart(60) };

const row = (id: string | undefined, type?: string, status: Job["status"] = "active"): Job => ({
  ...(id === undefined ? {} : { id }),
  ...(type === undefined ? {} : { type }),
  status,
  word: status,
});

function lostJob(job: LongJob, client: Partial<ClientEnd> = {}, before: readonly Job[] = []): LostJob {
  const output = parseJobOutput("");
  return { job, before: { jobs: before, readable: true }, client: { how: "cut", answer: undefined, start: "seen", output, ...client } };
}

describe("our job in a list", () => {
  const found = (lost: LostJob, ...jobs: readonly Job[]): number => jobs.findIndex((job) => job === findJob(lost, jobs));

  test("is that of its number, where that is known, and no other", () => {
    const output = parseJobOutput("Job id is '4', timeout is 30 minutes.");
    expect(found(lostJob(apply, { output }), row("5", "DeploymentsJob"), row("4", "OtherJob", "failed"))).toBe(1);
    expect(found(lostJob(apply, { output }), row("5", "DeploymentsJob"))).toBe(-1);
  });

  test("is else the newest that was not there before", () => {
    const before = [row("3", "DeploymentsJob"), row("10", "DeploymentsJob")];
    const lost = lostJob(apply, {}, before);
    expect(found(lost, row("11", "DeploymentsJob"), row("12", "DeploymentsJob"), row("10", "DeploymentsJob"))).toBe(1);
    expect(found(lost, row("12", "DeploymentsJob", "failed"), row("11", "DeploymentsJob"))).toBe(0);
    expect(found(lost, row("10", "DeploymentsJob"), row("3", "DeploymentsJob"))).toBe(-1);
    expect(found(lostJob(apply), row("1", "DeploymentsJob"))).toBe(0);
  });

  test("without a number is one that is running, and newer than all", () => {
    const [running, ended] = [row(undefined, "DeploymentsJob"), row(undefined, "DeploymentsJob", "succeeded")];
    expect(found(lostJob(apply), ended)).toBe(-1);
    expect(found(lostJob(apply), ended, running)).toBe(1);
    expect(found(lostJob(apply), row("7", "DeploymentsJob"), running)).toBe(1);
    expect(found(lostJob(apply), running, row("7", "DeploymentsJob"))).toBe(0);
  });

  test.each<[string, LostJob, string | undefined, boolean]>([
    ["an apply", lostJob(apply), "DeploymentsJob", true],
    ["an apply", lostJob(apply), "ApplyJob", true],
    ["an apply", lostJob(apply), "RestartServerJob", false],
    ["an apply", lostJob(apply), undefined, true],
    ["a restart", lostJob(restarting), "RestartServerJob", true],
    ["a restart", lostJob(restarting), "StopServerJob", true],
    ["a restart", lostJob(restarting), "StartServerJob", true],
    ["a restart", lostJob(restarting), "DeploymentsJob", false],
    ["a restart", lostJob(restarting), undefined, true],
    ["a restart that was seen to start", lostJob(restarting, { how: "ended" }), "StopServerJob", true],
    ["a restart that was cut", lostJob(restarting, { start: "not-seen" }), "StopServerJob", true],
    ["a restart without a sign of a start", lostJob(restarting, { how: "ended", start: "not-seen" }), "StopServerJob", false],
    ["a restart without a sign of a start", lostJob(restarting, { how: "ended", start: "not-seen" }), "RestartServerJob", true],
  ])("of %s (%#)", (_, lost, type, isOurs) => {
    expect(found(lost, row("1", type))).toBe(isOurs ? 0 : -1);
  });
});

test("the jobs that were not there before ours", () => {
  const lost = lostJob(apply, {}, [row("3"), row(undefined), row("2")]);
  const jobs = [row("2"), row("3"), row("4", "OtherJob", "failed"), row(undefined), row("5")];
  expect(newJobs(lost, jobs).map(({ id }) => id)).toEqual(["4", "5"]);
  expect(newJobs(lostJob(apply), [row(undefined), row("1")]).map(({ id }) => id)).toEqual(["1"]);
});

test.each<[JobOutput["said"], boolean, boolean]>([
  ["deployed", true, true],
  ["nothing", false, true],
  ["declined", false, false],
  ["complained", false, false],
])("%s: an apply has succeeded: %s, a restart: %s", (said, applied, restarted) => {
  const output = { ...parseJobOutput(""), said };
  expect([isSuccess(apply, output), isSuccess(restarting, output)]).toEqual([applied, restarted]);
});

test.each([
  ["Timed out waiting.", true],
  ["There was a timeout", true],
  ["a time-out of x", true],
  ["It will time out", true],
  ["TIMED-OUT", true],
  ["x\ny timed out", true],
  ["Job id is '1', timeout is 30 minutes.", false],
  ["Job id is '1', timeout is 30 minutes.\nTimed out.", true],
  ["Job id is '1', timeout is 3 time-outs.", false],
  ["overtimeout", false],
  ["time without", false],
  ["time_out", false],
  ["Done.", false],
])("%j says that tsm gave up waiting: %s", (text, expected) => {
  expect(saysTimedOut(text)).toBe(expected);
});
