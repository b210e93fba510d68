import { answerUnreadable, callFailed } from "../../provider/tsm/answer-error";
import { getKey, status } from "../../provider/tsm/command";
import { assertAnswered } from "../../provider/tsm/failure-error";
import { answerOf } from "./support/answer";
import type { FakeOutput } from "./support/fake-host";

const message = (output: FakeOutput): string => callFailed(answerOf(status(), output)).message;

describe("an error shows what tsm printed", () => {
  test("of both streams the last five lines", () => {
    expect(message({ stdout: "1\n 2 \n3", stderr: "4\n\n5\n6", exit: 3 })).toMatch(/got 3, got: 2 \/ 3 \/ 4 \/ 5 \/ 6\. Run/);
    expect(message({ stdout: "1", exit: 3 })).toMatch(/got 3, got: 1\. Run/);
  });

  test("of each line 300 characters", () => {
    expect(message({ stdout: ` ${"x".repeat(301)}` })).toContain(`got: ${"x".repeat(300)}.`);
  });

  test("or that it printed nothing", () => {
    expect(message({ stdout: " \n", exit: 3 })).toMatch(/got no output\. Run/);
  });

  test("but where that may hold values of keys", () => {
    const error = callFailed(answerOf(getKey("gateway.timeout"), { stdout: "hunter2", exit: 1 }));
    expect(error).toMatchObject({ code: "tsm-command-failed", node: "node1" });
    expect(error.message).not.toContain("hunter2");
    expect(error.message).toContain("not shown");
  });
});

test("an answer that cannot be understood is told with its line, where that is known", () => {
  const answer = answerOf(status(), { stdout: "x" });
  expect(answerUnreadable(answer, { expected: "y" }).message).not.toContain("(line");
  const error = answerUnreadable(answer, { expected: "y", line: 7 });
  expect(error).toMatchObject({ code: "tsm-answer-unreadable", node: "node1" });
  expect(error.message).toContain("(line 7): expected y, got: x");
});

test("an answer is no error", () => {
  expect(() => {
    assertAnswered(answerOf(status(), { stdout: "Status: RUNNING", exit: 1 }));
  }).not.toThrow();
});

test.each([
  ["Could not connect to server", "tsm-unreachable"],
  ["Not logged in", "tsm-login-refused"],
  ["Unrecognized option: -x", "tsm-command-failed"],
  ["sh: 1: tsm: not found", "tsm-not-found"],
])("%s: %s, with the node", (stdout, code) => {
  let error: unknown;
  try {
    assertAnswered(answerOf(status(), { stdout }));
  } catch (caught) {
    error = caught;
  }
  expect(error).toMatchObject({ code, node: "node1" });
});
