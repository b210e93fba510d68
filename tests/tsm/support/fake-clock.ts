import type { Clock } from "../../../provider/tsm/clock";

/** A clock that moves only when somebody sleeps, or when a test moves it. */
export class FakeClock implements Clock {
  seconds = 0;
  readonly slept: number[] = [];

  now(): number {
    return this.seconds;
  }

  sleep(seconds: number): Promise<void> {
    this.slept.push(seconds);
    this.seconds += Math.max(seconds, 0.001);
    return Promise.resolve();
  }
}
