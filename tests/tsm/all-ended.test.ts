import fc from "fast-check";
import { allEnded } from "../../provider/tsm/all-ended";
import { listJobs } from "../../provider/tsm/command";
import { parseJobs } from "../../provider/tsm/parse-jobs";
import { toRunningJobs } from "../../provider/tsm/running-jobs";
import { noiseLines } from "../../simulator/controller/noise";
import { readTranscripts } from "./support/transcript";

test.each([
  "There are no jobs.",
  "No running jobs.",
  "3 DeploymentsJob Succeeded",
  "3 DeploymentsJob Succeeded\n4 RestartServerJob FAILED",
  "Id  Type            Status\n--  --------------  ---------\n3   DeploymentsJob  Cancelled",
  "| 12 | GenerateBackupJob | Canceled | 2026-11-23 08:09:01 |",
])("sees that all have ended: %j", (text) => {
  expect(allEnded({ stdout: text, stderr: "", status: 0 })).toBe(true);
});

test.each([
  "",
  "\n",
  "3 DeploymentsJob Running",
  "3 DeploymentsJob Succeeded\n4 RestartServerJob Queued",
  "3 DeploymentsJob Pending",
  "3 DeploymentsJob",
  "DeploymentsJob Succeeded",
  "3 Succeeded",
  "12 Bereitstellung läuft",
  "12 DeploymentsJob läuft",
  "3 DeploymentsJob Succeeded 4 RestartServerJob Starting",
  "3 DeploymentsJob Succeeded Failed",
  "3 Succeeded Failed",
  "3 DeploymentsJob xSucceeded",
  "3 DeploymentsJobs Succeeded",
  "3 _DeploymentsJob Succeeded",
  "Perhaps There are no jobs.",
  "Failed to list jobs: 500",
  "There are no jobs. 3 is running",
  "\u001b[1m3 DeploymentsJob Succeeded",
  '[{"id": 3, "jobType": "DeploymentsJob", "status": "Succeeded"}]',
  "Id: 3\nType: DeploymentsJob\nStatus: Succeeded",
  "3 DeploymentsJob Succeeded\r",
  "Succeeded : 3 DeploymentsJob",
  "Status:\n3 DeploymentsJob Succeeded",
])("is not sure of %j", (text) => {
  expect(allEnded({ stdout: text, stderr: "", status: 0 })).toBe(false);
});

test.each([
  ["4 RestartServerJob Running", 0],
  ["", 1],
])("is not sure of a list with %j on standard error and status %d", (stderr, status) => {
  expect(allEnded({ stdout: "There are no jobs.\n", stderr, status })).toBe(false);
});

test("does not listen to noise on standard error", () => {
  const stderr = Object.values(noiseLines).flat().join("\n");
  expect(allEnded({ stdout: "There are no jobs.\n", stderr, status: 0 })).toBe(true);
});

test("is never sure where the list has a job that runs", () => {
  const known = readTranscripts("jobs").flatMap(({ output }) => (output.stdout ?? "").split("\n"));
  const words = [
    "3",
    "12",
    "DeploymentsJob",
    "Succeeded",
    "Failed",
    "Running",
    "Queued",
    "Created",
    "Status",
    "Id",
    ":",
    "|",
    "-",
    "\n",
    "no jobs.",
  ];
  const text = fc.oneof(
    fc.array(fc.constantFrom(...known)).map((lines) => lines.join("\n")),
    fc.array(fc.constantFrom(...words)).map((some) => some.join(" ")),
  );
  fc.assert(
    fc.property(text, (stdout) => {
      const jobs = parseJobs({ node: "node1", call: listJobs(), stdout, stderr: "", exit: 0 });
      expect(allEnded({ stdout, stderr: "", status: 0 }) && (toRunningJobs(jobs.jobs).length > 0 || !jobs.readable)).toBe(false);
    }),
    { numRuns: 3000 },
  );
});
