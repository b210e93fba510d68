import { isProgress, parseProgress } from "../../provider/tsm/parse-progress";

const lines = [
  "6% - Retrieving the topology to deploy.",
  "100% - Waiting for the services to start.",
  "0% - ",
  "Starting deployments asynchronous job.",
  "starting restart asynchronous job",
  "Job id is '12', timeout is 30 minutes.",
  "Job id is 1, timeout is 1.5 minute",
  "Successfully deployed nodes with updated configuration and topology version.",
  "Successfully deployed nodes with updated configuration and topology version",
  "Cancelling job to avoid restarting server.",
  "Canceling job to avoid restarting server",
  "Stopping service...",
  "Restarting Tableau Server",
  "Starting services.",
  "Service was started successfully.",
  "Services were stopped",
];

test.each(lines)("%s: progress", (line) => {
  expect(isProgress(line)).toBe(true);
});

// Whatever stands around such a sentence could be the value of a key.
test.each(lines)("%s: none where more stands before or after it", (line) => {
  expect(isProgress(`x ${line}`)).toBe(false);
  expect(isProgress(`${line}=x`)).toBe(false);
});

test.each([
  "1000% - Done",
  "x% - Done",
  "10% - The value of a key: x",
  "10% - 'x'",
  "Starting 12 asynchronous job.",
  "Job id is 'x', timeout is 30 minutes.",
  "Job id is '12', timeout is x minutes.",
  "Starting x",
  "Service was x",
])("%s: none", (line) => {
  expect(isProgress(line)).toBe(false);
});

test("no line of progress is longer than 200 characters", () => {
  expect(isProgress(`10% - ${"x".repeat(194)}`)).toBe(true);
  expect(isProgress(`10% - ${"x".repeat(195)}`)).toBe(false);
});

test("takes the lines of progress out of an output, whatever separates them", () => {
  expect(parseProgress("  10% - One.\r20% - Two.\r\nsomething else\n\n\u001b[1m30% - Three.\u001b[0m\n")).toEqual([
    "10% - One.",
    "20% - Two.",
    "30% - Three.",
  ]);
});
