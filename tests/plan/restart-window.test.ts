import { isOpen, nextOpening, type RestartWindow } from "../../provider/plan/restart-window";

const berlin = (parts: Partial<RestartWindow> = {}): RestartWindow => ({ from: "22:00", to: "02:00", timeZone: "Europe/Berlin", ...parts });
const utc = (parts: Partial<RestartWindow> = {}): RestartWindow => berlin({ timeZone: "UTC", ...parts });

// 1 January 2026 is a Thursday.
test.each<[string, RestartWindow, string, boolean]>([
  ["before it opens", utc({ from: "08:30", to: "10:00" }), "2026-01-01T08:29:59Z", false],
  ["as it opens", utc({ from: "08:30", to: "10:00" }), "2026-01-01T08:30:00Z", true],
  ["in its last minute", utc({ from: "08:30", to: "10:00" }), "2026-01-01T09:59:59Z", true],
  ["as it closes", utc({ from: "08:30", to: "10:00" }), "2026-01-01T10:00:00Z", false],
  ["over midnight, before", utc(), "2026-01-01T21:59:00Z", false],
  ["over midnight, in the evening", utc(), "2026-01-01T22:00:00Z", true],
  ["over midnight, in the morning", utc(), "2026-01-02T01:59:00Z", true],
  ["over midnight, as it closes", utc(), "2026-01-02T02:00:00Z", false],
  ["all day long", utc({ from: "08:00", to: "08:00" }), "2026-01-01T07:59:00Z", true],
  ["all day long, as it begins again", utc({ from: "08:00", to: "08:00" }), "2026-01-01T08:00:00Z", true],
  ["in its time zone", berlin(), "2026-01-01T21:00:00Z", true],
  ["in its time zone, too early", berlin(), "2026-01-01T20:59:00Z", false],
  ["on its day", utc({ days: ["thu"], from: "08:00", to: "10:00" }), "2026-01-01T09:00:00Z", true],
  ["on another day", utc({ days: ["fri", "wed"], from: "08:00", to: "10:00" }), "2026-01-01T09:00:00Z", false],
  ["over midnight, on its day", utc({ days: ["thu"] }), "2026-01-01T23:00:00Z", true],
  ["over midnight, on the morning after", utc({ days: ["thu"] }), "2026-01-02T01:00:00Z", true],
  ["over midnight, on the morning of its day", utc({ days: ["thu"] }), "2026-01-01T01:00:00Z", false],
  ["over midnight, on the evening after", utc({ days: ["thu"] }), "2026-01-02T23:00:00Z", false],
  ["from Saturday to Sunday", utc({ days: ["sat"] }), "2026-01-04T01:00:00Z", true],
  ["from Sunday to Monday", utc({ days: ["sun"] }), "2026-01-05T01:00:00Z", true],
  ["on Sunday, not on Saturday", utc({ days: ["sun"] }), "2026-01-04T01:00:00Z", false],
  ["by the day of its time zone", berlin({ days: ["thu"], from: "00:00", to: "01:00" }), "2025-12-31T23:30:00Z", true],
])("%s", (_name, window, at, expected) => {
  expect(isOpen(window, new Date(at))).toBe(expected);
});

test.each<[string, RestartWindow, string, string | null]>([
  ["at once where it is open", utc(), "2026-01-01T22:30:00Z", "2026-01-01T22:30:00Z"],
  ["on the next full minute", utc(), "2026-01-01T22:30:00.001Z", "2026-01-01T22:31:00Z"],
  ["later on the same day", utc(), "2026-01-01T05:00:00Z", "2026-01-01T22:00:00Z"],
  ["shortly after", utc(), "2026-01-01T21:30:00Z", "2026-01-01T22:00:00Z"],
  ["on the day after", utc({ from: "08:00", to: "10:00" }), "2026-01-01T10:00:00Z", "2026-01-02T08:00:00Z"],
  ["in a week", utc({ days: ["thu"], from: "08:00", to: "10:00" }), "2026-01-01T10:00:00Z", "2026-01-08T08:00:00Z"],
  ["in its time zone", berlin({ days: ["mon"] }), "2026-01-01T10:00:00Z", "2026-01-05T21:00:00Z"],
  ["not where it opens on no day", utc({ days: [] }), "2026-01-01T10:00:00Z", null],
  // In Berlin 02:00 to 03:00 is left out on 29 March 2026 and comes twice on 25 October.
  ["after an hour that is left out", berlin({ from: "02:30", to: "02:45" }), "2026-03-29T00:00:00Z", "2026-03-30T00:30:00Z"],
  ["within it", berlin({ from: "02:30", to: "04:00" }), "2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z"],
  ["in the first of two such hours", berlin({ from: "02:30", to: "02:45" }), "2026-10-24T23:00:00Z", "2026-10-25T00:30:00Z"],
  ["in the second", berlin({ from: "02:30", to: "02:45" }), "2026-10-25T00:50:00Z", "2026-10-25T01:30:00Z"],
])("the window opens %s", (_name, window, after, expected) => {
  expect(nextOpening(window, new Date(after))?.toISOString() ?? null).toBe(expected === null ? null : new Date(expected).toISOString());
});

// The clocks of these zones are set on these nights, by an hour or by half of one.
test.each([
  ["Europe/Berlin", "2026-03-28T10:05:00Z"],
  ["Europe/Berlin", "2026-10-24T10:05:00Z"],
  ["Europe/Berlin", "2026-10-25T00:50:00Z"],
  ["Australia/Lord_Howe", "2026-04-04T10:05:00Z"],
  ["Australia/Lord_Howe", "2026-04-04T14:55:00Z"],
  ["Australia/Lord_Howe", "2026-10-03T10:05:00Z"],
])("no opening is passed over, in %s from %s on", (timeZone, after) => {
  const start = Date.parse(after);
  for (const from of ["00:00", "01:10", "01:40", "02:10", "23:50"]) {
    const window = { from, to: `${from.slice(0, 3)}59`, timeZone };
    let minutes = 0;
    while (!isOpen(window, new Date(start + minutes * 60_000))) minutes += 1;
    expect({ from, opening: nextOpening(window, new Date(start)) }).toEqual({ from, opening: new Date(start + minutes * 60_000) });
  }
});
