import * as command from "../../provider/tsm/command";
import { parseStatus } from "../../provider/tsm/parse-status";
import { answerOf } from "./support/answer";
import type { FakeOutput } from "./support/fake-host";
import { outcomeOf } from "./support/outcome-of";

const parse = (output: FakeOutput): ReturnType<typeof parseStatus> => parseStatus(answerOf(command.status(), output));
const outcome = (output: FakeOutput): unknown => outcomeOf(() => parse(output));

describe("the status of a cluster", () => {
  test.each([
    ["RUNNING", "RUNNING"],
    ["running.", "RUNNING"],
    ["STOPPED", "STOPPED"],
    ["STOPPED STOPPED", "STOPPED"],
    ["DEGRADED", "DEGRADED"],
    ["ERROR", "ERROR"],
    ["RUNNING STOPPED", "DEGRADED"],
    ["STOPPED RUNNING", "DEGRADED"],
    ["STOPPED DEGRADED", "DEGRADED"],
    ["STOPPED ERROR", "ERROR"],
    ["x", "unknown"],
    ["x y", "unknown"],
    ["x RUNNING", "unknown"],
    ["RUNNING x RUNNING", "unknown"],
    ["x STOPPED", "ERROR"],
    ["x DEGRADED", "DEGRADED"],
    ["RUNNING x STOPPED", "DEGRADED"],
  ])("of nodes that are %s: %s", (words, status) => {
    const stdout = words.split(" ").map((word) => `  Status: ${word}`);
    expect(parse({ stdout: stdout.join("\n") }).status).toBe(status);
  });

  test("its words are told only where they are strange, without the full stop, and no longer than a line", () => {
    expect(parse({ stdout: "Status: RUNNING\nstatus:x y." })).toEqual({ status: "unknown", statusWords: "x y", processes: [] });
    expect(parse({ stdout: "Status: STOPPED." })).toEqual({ status: "STOPPED", processes: [] });
    expect(parse({ stdout: `Status: ${"x".repeat(100)}` }).statusWords).toBe("x".repeat(100));
    expect(parse({ stdout: `Status: ${"x".repeat(101)}` }).statusWords).toBe(`${"x".repeat(99)}…`);
  });

  test("is read from standard error only where standard output does not tell it", () => {
    expect(parse({ stdout: "Status: RUNNING", stderr: "Status: STOPPED" }).status).toBe("RUNNING");
    expect(parse({ stdout: "Hello", stderr: "Status: STOPPED", exit: 1 }).status).toBe("STOPPED");
  });

  test.each([
    ["Hello", 0, "tsm-answer-unreadable"],
    ["Hello", 1, "tsm-command-failed"],
    ["The status: RUNNING", 0, "tsm-answer-unreadable"],
    ["Status:", 0, "tsm-answer-unreadable"],
  ])("%j with exit status %d tells none: %s", (stdout, exit, code) => {
    expect(outcome({ stdout, exit })).toBe(code);
  });
});

describe("a process", () => {
  const process = (line: string): unknown => parse({ stdout: `Status: RUNNING\n${line}` }).processes[0];
  const name = "Tableau Server Gateway 0";

  test.each([
    ["is running.", "running"],
    ["is running (Active Repository).", "running"],
    ["is stopped", "stopped"],
    ["is unavailable.", "unavailable"],
    ["status is unavailable.", "unavailable"],
    ["is degraded.", "degraded"],
    ["is in a degraded state.", "degraded"],
    ["is in an error state.", "error"],
    ["is synchronizing.", "synchronizing"],
    ["is decommissioning.", "decommissioning"],
  ])("%s", (words, state) => {
    expect(process(`'${name}' ${words}`)).toEqual({ node: "", name, state });
    expect(process(`${name} ${words}`)).toEqual({ node: "", name, state });
  });

  test.each([
    "is runningx",
    "is stoppedx",
    "is unavailablex",
    "is degradedx",
    "is in degraded mode",
    "is in an errors",
    "is synchronizingx",
    "is decommissioningx",
    "now is running",
    "now is stopped",
    "now is unavailable",
    "now is degraded",
    "now is in an error",
    "now is synchronizing",
    "now is decommissioning",
    "has no status is unlicensed",
    "unlicensed",
  ])("%s: unknown, in the words of tsm", (words) => {
    expect(process(`'${name}' ${words}.`)).toEqual({ node: "", name, state: "unknown", words });
  });

  test.each(['"Gateway" is running', "‘Gateway’ is running", "“Gateway” is running"])("in other quotes: %s", (line) => {
    expect(process(line)).toEqual({ node: "", name: "Gateway", state: "running" });
  });

  test("in whatever case, behind its quotes", () => {
    expect(process("'Gateway' Status IS STOPPED")).toEqual({ node: "", name: "Gateway", state: "stopped" });
  });

  test("whose name has quotes and blanks in it", () => {
    expect(process("'It's mine' is running.")).toMatchObject({ name: "It's mine" });
    expect(process("Tableau's Gateway is running.")).toMatchObject({ name: "Tableau's Gateway", state: "running" });
    expect(process("'Gateway is up' is running.")).toMatchObject({ name: "Gateway is up", state: "running" });
  });

  test("without quotes is one where it is Tableau's or its state is known", () => {
    expect(process("Gateway is running.")).toMatchObject({ name: "Gateway", state: "running" });
    expect(process("Gateway status is stopped.")).toMatchObject({ name: "Gateway", state: "stopped" });
    expect(process("Tableau Gateway is unlicensed.")).toEqual({
      node: "",
      name: "Tableau Gateway",
      state: "unknown",
      words: "is unlicensed",
    });
    expect(process("tableau is unlicensed.")).toMatchObject({ name: "tableau", state: "unknown" });
  });

  test.each([
    "This is a sentence.",
    "My Tableau is new.",
    "Tableaus is new.",
    "Gateway running.",
    "Gateway is",
    "is running.",
    " is running.",
    "''",
    "'' is running.",
    "'Gateway'",
    "'Gateway'is running",
    "Status: Gateway is running.",
  ])("%j is none", (line) => {
    expect(process(line)).toBeUndefined();
  });

  test("no name and no words are longer than a line", () => {
    expect(process(`'${"n".repeat(101)}' is ${"w".repeat(101)}`)).toEqual({
      node: "",
      name: `${"n".repeat(99)}…`,
      state: "unknown",
      words: `is ${"w".repeat(96)}…`,
    });
    expect(process(`'${"n".repeat(100)}' is running`)).toMatchObject({ name: "n".repeat(100) });
  });

  test("is of the node above it", () => {
    const gateway = "'Gateway 0' is running.";
    const lines = [
      gateway,
      "node1: localhost",
      "Status: RUNNING",
      gateway,
      gateway,
      "node-2.x:",
      gateway,
      "My node: x y",
      "the node3: x",
      gateway,
    ];
    expect(parse({ stdout: lines.join("\n") }).processes.map(({ node }) => node)).toEqual(["", "node1", "node1", "node-2.x", "node-2.x"]);
    expect(parse({ stdout: `node1:  localhost\nnode2: x y\nStatus: RUNNING\n${gateway}` }).processes[0]?.node).toBe("node1");
    // A line of the status is no header of a node.
    expect(parse({ stdout: `node1:\nStatus: RUNNING\n${gateway}` }).processes[0]?.node).toBe("node1");
  });
});
