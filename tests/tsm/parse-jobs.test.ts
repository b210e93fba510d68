import { listJobs } from "../../provider/tsm/command";
import { parseJobs, type Job } from "../../provider/tsm/parse-jobs";
import { toRunningJobs } from "../../provider/tsm/running-jobs";
import { answerOf } from "./support/answer";
import type { FakeOutput } from "./support/fake-host";

const parse = (output: FakeOutput): ReturnType<typeof parseJobs> => parseJobs(answerOf(listJobs(), output));
/** Each job as `id/type/status/word`, `-` for what is not told. */
const jobsOf = (stdout: string): readonly string[] => parse({ stdout }).jobs.map(show);
const show = ({ id = "-", type = "-", status, word }: Job): string => [id, type, status, word].join("/");

describe("a job on one line", () => {
  test.each([
    ["5 DeploymentsJob Succeeded", "5/DeploymentsJob/succeeded/Succeeded"],
    ["5 DeploymentsJob failed", "5/DeploymentsJob/failed/failed"],
    ["5 DeploymentsJob Cancelled", "5/DeploymentsJob/cancelled/Cancelled"],
    ["5 DeploymentsJob Canceled", "5/DeploymentsJob/cancelled/Canceled"],
    ["5 DeploymentsJob Created", "5/DeploymentsJob/active/Created"],
    ["5 DeploymentsJob QUEUED", "5/DeploymentsJob/active/QUEUED"],
    ["5 DeploymentsJob Running", "5/DeploymentsJob/active/Running"],
    ["5 Running", "5/-/active/Running"],
    ["AbcJob Running", "-/AbcJob/active/Running"],
    ["Running 5", "5/-/active/Running"],
    // What has ended was created and ran once.
    ["5 Created Running Failed", "5/-/failed/Failed"],
    ["5 DeploymentsJob Failed Created: today", "5/DeploymentsJob/failed/Failed"],
  ])("%s", (line, job) => {
    expect(jobsOf(line)).toEqual([job]);
  });

  test.each([
    "Running",
    "5",
    "5 DeploymentsJob",
    "AbJob Running",
    "Job Running",
    "AbcJobs Running",
    "1AbcJob Running",
    "5 Runningx",
    "5 xRunning",
    "5 Failedx",
    "5 xFailed",
    "5 Succeeded: 3",
    '5 "failed" : 3',
    "5 failed'= 3",
    "5 Running: 3",
    '5 "queued" = 3',
    "5 Created at noon",
    "5 Running by x",
    "5 queued on x",
    "5 created time",
    "5 created date",
  ])("none: %s", (line) => {
    expect(jobsOf(line)).toEqual([]);
  });

  test("a word behind a status only begins like one of those", () => {
    expect(jobsOf("5 Created attention")).toEqual(["5/-/active/Created"]);
    expect(jobsOf("5 Created byte")).toEqual(["5/-/active/Created"]);
  });
});

describe("the number of a job", () => {
  test.each([
    ["id 7", "7"],
    ["ID: 7", "7"],
    ["id=7", "7"],
    ["id # 7", "7"],
    ["id is 7", "7"],
    ["id is: '7'", "7"],
    ['"id" : 7', "7"],
    ["'id': [7]", "7"],
    ["id:<('7", "7"],
    ["8 id   7", "7"],
    ["id7", "7"],
    ["id 123456789", "123456789"],
    ["Number 8, id: 79", "79"],
    ["7", "7"],
    ["123456789", "123456789"],
    ["|7|", "7"],
    ["'7'", "7"],
    ['"7"', "7"],
    ["[7]", "7"],
    ["(7)", "7"],
    ["#7", "7"],
    ["<7>", "7"],
    ["x;7;x", "7"],
    ["x,7,x", "7"],
    ["7. x", "7"],
    ["7: x", "7"],
    ["job 7 x", "7"],
    ["10% 7", "7"],
  ])("in %j", (text, id) => {
    expect(jobsOf(`${text}\tRunning`)).toEqual([`${id}/-/active/Running`]);
  });

  test.each([
    "id 1234567890",
    "1234567890",
    "paid",
    "id x",
    "id 7x",
    "x7",
    "7x",
    "7%",
    "7:30",
    "2026-11-24",
    "24.11.2026",
    "7-8",
    "at 08:09:01",
    "10%",
    "Timeout: 7",
    "Time out = 7",
    ' "Timeout" : 7',
    "- 'Timeout'= 7",
    "* Timeout: 7",
  ])("none in %j", (text) => {
    expect(jobsOf(`${text}  Running`)).toEqual([]);
    expect(jobsOf(`${text}  AbcJob Running`)).toEqual(["-/AbcJob/active/Running"]);
  });

  test("is no other label's, but one in the middle of a line is no label", () => {
    expect(jobsOf("paid 7 Running")).toEqual(["7/-/active/Running"]);
    expect(jobsOf("7 Timeout: Running")).toEqual(["7/-/active/Running"]);
    expect(jobsOf("(Timeout: 7 Running")).toEqual(["7/-/active/Running"]);
    expect(jobsOf("a1: 7 Running")).toEqual(["7/-/active/Running"]);
  });
});

describe("a job on several lines", () => {
  test.each<[string, string, readonly string[]]>([
    ["one fact a line", "Id: 3\nType: AbcJob\nStatus: Failed", ["3/AbcJob/failed/Failed"]],
    ["in any order", "Failed\nAbcJob\nid 3", ["3/AbcJob/failed/Failed"]],
    ["a gap ends one", "Id: 3\nFailed\n\nAbcJob\nRunning", ["3/-/failed/Failed", "-/AbcJob/active/Running"]],
    ["a gap leaves nothing over", "Id: 3\n\nStatus: Failed", []],
    ["a rule ends one", "Id: 3\n--- ===\nStatus: Failed", []],
    ["brackets end one", "Id: 3\n}, {\nStatus: Failed", []],
    ["brackets of a list too", "Id: 3\n[ ] + | * _\nStatus: Failed", []],
    ["another line does not", "Id: 3\nx\nStatus: Failed", ["3/-/failed/Failed"]],
    ["the same fact again ends one", "Id: 3\nFailed\nid 4\nRunning", ["3/-/failed/Failed", "4/-/active/Running"]],
    ["the same type again", "AbcJob\nFailed\nDefJob\nRunning", ["-/AbcJob/failed/Failed", "-/DefJob/active/Running"]],
    ["the same status again", "Failed\nid 3\nRunning\nid 4", ["3/-/failed/Failed", "4/-/active/Running"]],
    ["a whole job ends one", "Id: 3\n4 AbcJob Failed\nRunning", ["4/AbcJob/failed/Failed"]],
    ["a whole job ends those before it", "AbcJob\nFailed\n4 Running", ["-/AbcJob/failed/Failed", "4/-/active/Running"]],
    ["a whole job takes nothing of what follows", "4 Running\nAbcJob\nFailed", ["4/-/active/Running", "-/AbcJob/failed/Failed"]],
    ["a whole job without a type leaves no type", "AbcJob\n4 Running", ["4/-/active/Running"]],
  ])("%s", (_, stdout, jobs) => {
    expect(jobsOf(stdout)).toEqual(jobs);
  });
});

describe("whether a list can be read", () => {
  test.each<[string, FakeOutput, boolean]>([
    ["a job", { stdout: "5 Running\n1 x" }, true],
    ["a sentence", { stdout: "There are no jobs." }, true],
    ["a sentence about one", { stdout: "No job is running on 3 nodes" }, true],
    ["a sentence on a line of several", { stdout: "3 nodes\nno jobs" }, true],
    ["no number at all", { stdout: "Id Type\nStatus" }, true],
    ["nothing", {}, true],
    ["a number in a line of several", { stdout: "Id\n1 läuft" }, false],
    ["a number alone", { stdout: "1 läuft" }, false],
    ["jobs before the no", { stdout: "3 jobs, no" }, false],
    ["another word that ends so", { stdout: "3 casino jobs" }, false],
    ["another word that begins so", { stdout: "3 nodes, jobs" }, false],
    ["another word than jobs", { stdout: "3: no jobsite" }, false],
    ["without a no", { stdout: "3 jobs" }, false],
    ["a call that failed", { stdout: "5 Running", exit: 1 }, false],
    ["a call that failed without a job", { stdout: "There are no jobs.", exit: 1 }, false],
  ])("%s", (_, output, readable) => {
    expect(parse(output).readable).toBe(readable);
  });
});

describe("standard error", () => {
  test("holds the list where standard output is empty", () => {
    expect(parse({ stderr: "5 Running" }).jobs.map(show)).toEqual(["5/-/active/Running"]);
    expect(parse({ stderr: "5 AbcJob Running" }).jobs.map(show)).toEqual(["5/AbcJob/active/Running"]);
  });

  test("is heard beside a list only where it names a job by number and type", () => {
    const beside = (stderr: string): readonly string[] => parse({ stdout: "There are no jobs.", stderr }).jobs.map(show);
    expect(beside("5 AbcJob Running")).toEqual(["5/AbcJob/active/Running"]);
    expect(beside("5 Running")).toEqual([]);
    expect(beside("AbcJob Running")).toEqual([]);
  });
});

test("what is not told of a job is absent", () => {
  expect(parse({ stdout: "5 Running\nAbcJob Running" }).jobs).toStrictEqual([
    { id: "5", status: "active", word: "Running" },
    { type: "AbcJob", status: "active", word: "Running" },
  ]);
});

test("the running jobs of a list", () => {
  const { jobs } = parse({ stdout: "5 AbcJob Running\n6 AbcJob Failed\n7 queued\nDefJob created" });
  expect(toRunningJobs(jobs)).toStrictEqual([
    { id: "5", description: "AbcJob Running" },
    { id: "7", description: "job queued" },
    { description: "DefJob created" },
  ]);
});
