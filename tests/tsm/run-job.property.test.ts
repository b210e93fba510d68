import fc from "fast-check";
import { FakeJobs } from "./support/fake-jobs";
import { start } from "./support/start-tsm";

test("whatever fails, never two jobs, and never a wrong success or a failure while it runs", async () => {
  const faults = fc.record({
    takes: fc.constantFrom(0, 100, 1799, 1801, 3000, 1e9),
    end: fc.constantFrom("Succeeded" as const, "Failed" as const),
    client: fc.constantFrom(
      "stays" as const,
      "times-out" as const,
      "gives-up-silently" as const,
      "connection-lost" as const,
      "lost-before-a-line" as const,
      "expires" as const,
      "never-starts" as const,
    ),
    restartPrints: fc.constantFrom("number" as const, "words" as const, "nothing" as const),
    list: fc.constantFrom("rows" as const, "only-active" as const, "blocks" as const, "unreadable" as const, "fails" as const),
    reconnect: fc.constantFrom("works" as const, "fails" as const, "connection-lost" as const),
  });
  await fc.assert(
    fc.asyncProperty(
      faults,
      fc.constantFrom("apply" as const, "restart" as const),
      fc.constantFrom(0, 10, 5000),
      fc.constantFrom("looks first" as const, "does not look" as const, "loses the list" as const),
      async (fault, kind, earlier, how) => {
        const fake = new FakeJobs(fault);
        const { tsm, run } = start(fake);
        if (how !== "does not look") await tsm.look();
        if (how === "loses the list") fake.host.loseNext();
        if (earlier > 0) {
          fake.add("GenerateBackupJob", earlier);
        }
        const end = await run(kind);
        const ours = fake.jobs.find((job) => job.type !== "GenerateBackupJob");
        expect(fake.launched).toBeLessThanOrEqual(1);
        // A login that expires without a word of a job, while no list can be read, is told as that.
        const blind = fault.client === "expires" && (fault.list === "unreadable" || fault.list === "fails" || fault.list === "only-active");
        // Nothing shows whether it was started: the script was lost before its list, and lists leave out what has ended.
        const unseen = how === "loses the list" && (fake.launched === 0 || fault.list === "only-active");
        const errors = [...(blind ? ["tsm-login-refused"] : []), ...(unseen ? ["host-connection-lost"] : [])];
        expect(["succeeded", "failed", "tsm-job-timeout", ...errors]).toContain(end);
        expect(end === "succeeded" && ours?.status !== "Succeeded").toBe(false);
        expect((end === "failed" || end === "host-connection-lost") && ours?.status === "Running").toBe(false);
      },
    ),
    { numRuns: 500 },
  );
});
