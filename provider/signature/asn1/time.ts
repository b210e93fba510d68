import { Asn1Error } from "./asn1-error";

const utc = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(Z|[+-]\d{4})$/;
const generalized = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(?:[.,](\d{1,9}))?(Z|[+-]\d{4})$/;

/**
 * Milliseconds since 1970 of a time in a certificate or timestamp. Two-digit years are 1950 to 2049 (RFC 5280, 4.1.2.5.1).
 *
 * @throws Asn1Error if it is no such time, or no day of the calendar.
 */
export function decodeTime(text: string, form: "utc" | "generalized"): number {
  const found = (form === "utc" ? utc : generalized).exec(text);
  if (found === null) {
    throw new Asn1Error(`${JSON.stringify(text.slice(0, 40))} is no time`);
  }
  const [, year = "", month, day, hour, minute, second = "00"] = found;
  const fraction = form === "utc" ? "0" : (found[7] ?? "0");
  const zone = found.at(-1) ?? "Z";
  const fullYear = form === "utc" ? (Number(year) < 50 ? 2000 : 1900) + Number(year) : Number(year);
  const time = Date.UTC(fullYear, Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  const date = new Date(time);
  const exact =
    date.getUTCMonth() === Number(month) - 1 &&
    date.getUTCDate() === Number(day) &&
    date.getUTCHours() === Number(hour) &&
    date.getUTCMinutes() === Number(minute) &&
    date.getUTCSeconds() === Number(second);
  if (!exact || fullYear < 100) {
    throw new Asn1Error(`${JSON.stringify(text)} is no time of the calendar`);
  }
  return time + Math.trunc(Number(`0.${fraction}`) * 1000) - offset(zone);
}

function offset(zone: string): number {
  if (zone === "Z") {
    return 0;
  }
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3));
  return (zone.startsWith("-") ? -1 : 1) * minutes * 60_000;
}
