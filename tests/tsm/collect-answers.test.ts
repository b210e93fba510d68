import { ReplyReader } from "../../provider/host/reply";
import type { AnswerLine } from "../../provider/host/host";
import { collectAnswers, tsmReply, type Collected } from "../../provider/tsm/collect-answers";
import { listJobs, restart, status } from "../../provider/tsm/command";

const calls = [status(), listJobs(), restart(60)];

function collect(records: readonly AnswerLine[], prompted: "yes" | "no" = "no"): Collected {
  const reader = new ReplyReader(tsmReply(calls));
  for (const record of records) reader.add(record);
  return collectAnswers(reader.end(0), { node: "node1", calls, prompted });
}
const end = (index: number, exit = "0"): AnswerLine => ["exit", String(index), exit];

describe("answers", () => {
  test("are put together call by call", () => {
    const { answers } = collect([
      ["stderr", "0", "e0"],
      ["stdout", "0", "o0"],
      end(0),
      ["stdout", "1", "o1"],
      end(1, "7"),
      ["line", "2", "l1"],
      ["line", "2", "l2"],
      end(2),
    ]);
    const node = "node1";
    expect(answers).toEqual([
      { node, call: calls[0], stdout: "o0", stderr: "e0", exit: 0 },
      { node, call: calls[1], stdout: "o1", stderr: "", exit: 7 },
      { node, call: calls[2], stdout: "l1\nl2", stderr: "", exit: 0 },
    ]);
  });

  test("end before the first call that was not seen to its end", () => {
    expect(collect([end(0), ["stdout", "1", "x"], end(2)]).answers).toHaveLength(1);
    expect(collect([]).answers).toEqual([]);
  });
});

describe("what else the script tells", () => {
  test.each<[string, AnswerLine, Partial<Collected>]>([
    ["where there is no tsm", ["missing", "/opt"], { missingAt: "/opt" }],
    ["who may not use it", ["unauthorised", "deploy"], { unauthorisedUser: "deploy" }],
    ["why a file was not written", ["unwritten", "no room"], { unwritten: "no room" }],
    ["that the shell is unsafe", ["printf-external"], { printfExternal: true }],
    ["that a job is running", ["busy", "1"], {}],
  ])("%s", (_, record, told) => {
    const nothing = { answers: [], located: undefined, missingAt: undefined, unauthorisedUser: undefined, unwritten: undefined };
    expect(collect([record])).toEqual({ ...nothing, printfExternal: false, ...told });
  });

  test("where tsm is, with its settings", () => {
    expect(
      collect([
        ["program", "/t"],
        ["settings", "s"],
      ]).located,
    ).toEqual({ path: "/t", found: "s" });
    expect(collect([["program", "/t"]]).located).toBeUndefined();
    expect(collect([["settings", "s"]]).located).toBeUndefined();
  });

  test.each<[string, readonly AnswerLine[]]>([
    ["of no call", [["stdout", "3", "x"]]],
    ["without its call", [["exit"]]],
    ["without its text", [["line", "2"]]],
    [
      "that comes twice: stdout",
      [
        ["stdout", "0", "x"],
        ["stdout", "0", "x"],
      ],
    ],
    [
      "that comes twice: stderr",
      [
        ["stderr", "0", "x"],
        ["stderr", "0", "y"],
      ],
    ],
    ["that comes twice: exit", [end(0), end(0, "1")]],
    ["that is busy without its call", [["busy"]]],
    ["that names no place", [["missing"]]],
    ["of settings without a text", [["settings"]]],
    ["that nobody knows", [["other"]]],
  ])("a line %s is refused", (_, records) => {
    expect(() => collect(records)).toThrow();
  });

  test("a line of a job holds 64 KiB", () => {
    const line = "x".repeat(65_536);
    expect(collect([["line", "2", line], end(0), end(1), end(2)]).answers.at(-1)?.stdout).toBe(line);
    expect(() => collect([["line", "2", `${line}x`]])).toThrow();
  });
});

describe("the question for a password", () => {
  const answered = (text: string, prompted: "yes" | "no" = "yes"): string | undefined => {
    return collect([["stdout", "0", text], end(0)], prompted).answers[0]?.stdout;
  };

  test.each([
    ["Password: false", "false"],
    ["Password:false", "false"],
    ["Password: \nfalse", "false"],
    ["Password: \r\nfalse", "false"],
    ["Password:\rfalse", "false"],
    ["Logging in as user deploy\rPassword: false", "false"],
    ["Logging in as user\rPassword: false", "false"],
    ["Last login: x\n\nPassword: false", "Last login: x\n\nfalse"],
    ["\nPassword: false", "\nfalse"],
    ["WARNING: slow\nPassword: false", "WARNING: slow\nfalse"],
    ["Password: Password: x", "Password: x"],
    // What stands after an answer has begun is part of it.
    ["x\nPassword: false", "x\nPassword: false"],
    ["The Password: false", "The Password: false"],
    ["Logging in as user deploy\nPassword: false", "Logging in as user deploy\nPassword: false"],
    ["false", "false"],
    ["", ""],
  ])("is no part of %j", (text, answer) => {
    expect(answered(text)).toBe(answer);
  });

  test("stays where none was asked", () => {
    expect(answered("Password: false", "no")).toBe("Password: false");
  });
});
