/**
 * The time of day of this machine, for people to read and to compare with the clocks of nodes. It steps: when it is set, when a
 * laptop wakes up. Nothing is waited for by it (see `systemClock` in tsm/clock.ts), and a lint rule holds that.
 */
export function wallClock(): Date {
  // eslint-disable-next-line no-restricted-syntax -- the one place
  return new Date();
}
