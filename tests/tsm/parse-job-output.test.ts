import { parseJobOutput } from "../../provider/tsm/parse-job-output";

const deployed = "Successfully deployed nodes with updated configuration and topology version.";

describe("the number of the job", () => {
  test.each([
    ["Job id is '123', timeout is 30 minutes.", "123"],
    ["  job id is 45", "45"],
    ["Job id is '1'\nJob id is '2'", "2"],
    ["Job id is ''", undefined],
    ["The last Job id is '7'", undefined],
    ["", undefined],
  ])("%j", (output, id) => {
    expect(parseJobOutput(output).id).toBe(id);
  });
});

describe("what it says", () => {
  test.each([
    [`  ${deployed}`, "deployed"],
    [`1% - x\n${deployed}\nBye`, "deployed"],
    [`Not ${deployed}`, "nothing"],
    ["Cancelling job to avoid restarting server", "declined"],
    [`Canceling job to avoid restarting server\n${deployed}`, "declined"],
    ["Not canceling job to avoid restarting server", "nothing"],
    ["It failed.", "complained"],
    ["That is a failure", "complained"],
    ["It will fail", "complained"],
    ["It was unfailing", "nothing"],
    ["Another job is running", "complained"],
    ["another operation is running", "complained"],
    ["another thing is running", "nothing"],
    ["Done.\nUnable to start", "complained"],
    ["Done.", "nothing"],
    // What is on its way may speak of errors, and so may a log beside it.
    ["10% - Looking for an error", "nothing"],
    ["WARNING: an error of the log", "nothing"],
    ["10% - Looking for an error\nWARNING: an error of the log", "nothing"],
  ])("%j: %s", (output, said) => {
    expect(parseJobOutput(output).said).toBe(said);
  });
});

describe("its text", () => {
  test("is that of the last ten lines", () => {
    const lines = Array.from({ length: 12 }, (_, index) => `line ${String(index)}`);
    expect(parseJobOutput(lines.join("\n")).text.split("\n")).toEqual(lines.slice(2));
  });

  const hidden = "(a line that may hold the value of a key)";
  test.each([
    ["gateway.timeout is 7", hidden],
    ["x=7", hidden],
    ["native_api.connect_plugins_path is wrong", "native_api.connect_plugins_path is wrong"],
    ["native_api.connect_plugins_path and gateway.timeout", hidden],
    ["The value 'hunter2' is \"bad\"", "The value '…' is \"…\""],
    ["It's bad", "It's bad"],
    ["'' `x`", "'…' `…`"],
    ["x".repeat(301), "x".repeat(300)],
    ["10% - Starting gateway.timeout", "10% - Starting gateway.timeout"],
    ["Job id is '12', timeout is 30 minutes.", "Job id is '12', timeout is 30 minutes."],
  ])("%j", (line, text) => {
    expect(parseJobOutput(line).text).toBe(text);
  });
});
