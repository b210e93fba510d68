/** When a restart is allowed. */
export interface RestartWindow {
  /** Days on which the window opens; a window over midnight reaches into the next day. Default: every day. */
  readonly days?: readonly Weekday[];
  /** Local time at which it opens, "HH:MM". */
  readonly from: string;
  /** Local time at which it closes, "HH:MM"; at or before `from` means on the next day. */
  readonly to: string;
  /** IANA name, such as "Europe/Berlin". */
  readonly timeZone: string;
}

const weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;
export type Weekday = (typeof weekdays)[number];

const minute = 60_000;
const searchedMinutes = 8 * 24 * 60;

/**
 * Whether the window is open at a moment, by the wall clock of its time zone: an hour that is left out in spring is not
 * waited for, and one that is repeated in autumn counts twice.
 */
export function isOpen(window: RestartWindow, at: Date): boolean {
  const { weekday, minutes } = wallClock(window.timeZone, at);
  const [from, to] = [minutesOf(window.from), minutesOf(window.to)];
  if (from < to) return opensOn(window, weekday) && minutes >= from && minutes < to;
  return (opensOn(window, weekday) && minutes >= from) || (opensOn(window, weekday - 1) && minutes < to);
}

/** The first moment from `after` on at which the window is open; null if there is none within eight days. */
export function nextOpening(window: RestartWindow, after: Date): Date | null {
  const start = Math.ceil(after.getTime() / minute) * minute;
  for (let i = 0; i < searchedMinutes; i += pauseUntilFrom(window, new Date(start + i * minute))) {
    const moment = new Date(start + i * minute);
    if (isOpen(window, moment)) return moment;
  }
  return null;
}

/** By how many minutes no clock is set at once. */
const clockChange = 120;

// Minutes that can be passed over: no window opens long before its local time, even where an hour is left out. A time that has just gone
// by comes again where the clock is set back.
function pauseUntilFrom(window: RestartWindow, at: Date): number {
  const ahead = (minutesOf(window.from) - wallClock(window.timeZone, at).minutes + 24 * 60) % (24 * 60);
  return ahead > 24 * 60 - clockChange ? 1 : Math.max(1, ahead - clockChange);
}

function opensOn(window: RestartWindow, weekday: number): boolean {
  const name = weekdays[(weekday + 7) % 7];
  return window.days === undefined || (name !== undefined && window.days.includes(name));
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}

function wallClock(timeZone: string, at: Date): { weekday: number; minutes: number } {
  const parts = Object.fromEntries(
    formatter(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const weekday = weekdays.findIndex((name) => name === parts["weekday"]?.toLowerCase());
  return { weekday, minutes: Number(parts["hour"]) * 60 + Number(parts["minute"]) };
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(timeZone: string): Intl.DateTimeFormat {
  const made =
    formatters.get(timeZone) ??
    new Intl.DateTimeFormat("en-US", { timeZone, weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  formatters.set(timeZone, made);
  return made;
}
