import { systemClock } from "../../provider/tsm/clock";

test("the system's clock counts seconds, and sleeps for them", async () => {
  const begun = systemClock.now();
  await systemClock.sleep(0.02);
  const slept = systemClock.now() - begun;
  expect(slept).toBeGreaterThan(0.015);
  expect(slept).toBeLessThan(10);
});
