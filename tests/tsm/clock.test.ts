import { systemClock } from "../../provider/tsm/clock";

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

test("the system's clock counts seconds, and sleeps for them", async () => {
  const begun = systemClock.now();
  let awake = false;
  const sleep = systemClock.sleep(2).then(() => (awake = true));
  await jest.advanceTimersByTimeAsync(1999);
  expect(awake).toBe(false);
  await jest.advanceTimersByTimeAsync(1);
  await sleep;
  expect(systemClock.now() - begun).toBe(2);
});
