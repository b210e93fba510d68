import { isUnknown } from "./unknown";
import { form, list, word } from "./kinds";

const days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;

/** A time of a day, "HH:MM". */
export const localTime = form('a local time such as "22:00"', (value) => /^([01]\d|2[0-3]):[0-5]\d$/.test(value));

/** An IANA time zone that this machine knows. */
export const timeZone = form('an IANA time zone such as "Europe/Berlin"', (value) => {
  try {
    return new Intl.DateTimeFormat("en-US", { timeZone: value }).format(0) !== "";
  } catch {
    return false;
  }
});

const anyDays = list(word(...days));

/** Days of the week, one at least. */
export const weekdays: typeof anyDays = {
  ...anyDays,
  expected: `a list of ${days.map((day) => JSON.stringify(day)).join(", ")}`,
  read: (value, at, reading) => {
    const isOne =
      Array.isArray(value) && value.length > 0 && value.every((day) => isUnknown(day) || (days as readonly unknown[]).includes(day));
    return isOne ? (value as (typeof days)[number][]) : reading.wrong(at, weekdays, value);
  },
};
