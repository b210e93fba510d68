import { activationArguments } from "../../provider/schema/config";
import { type CheckFailure, Failures } from "../../provider/schema/failures";
import { check } from "../../provider/schema/read";
import { unknownValue } from "../../provider/schema/unknown";

function failuresOf(restartWindow: unknown): readonly CheckFailure[] {
  const failures = new Failures();
  check(activationArguments, { restartWindow }, failures);
  return failures.list;
}

test.each<[Record<string, unknown>, string[]]>([
  [{ from: "22:00", to: "02:00", timeZone: "UTC" }, []],
  [{ from: "00:00", to: "23:59", timeZone: "Europe/Berlin", days: ["sun", "sat"] }, []],
  [{ from: "24:00", to: "23:60", timeZone: "UTC" }, ["from", "to"]],
  [{ from: "19:59", to: "20:00", timeZone: "UTC" }, []],
  [{ from: "2:00", to: "02:00:00", timeZone: "UTC" }, ["from", "to"]],
  [{ from: "x22:00", to: "29:00", timeZone: "UTC" }, ["from", "to"]],
  [{ from: 22, to: undefined, timeZone: "UTC" }, ["from", "to"]],
  [{ from: "22:00", to: "02:00", timeZone: "Mars/Olympus" }, ["timeZone"]],
  [{ from: "22:00", to: "02:00", timeZone: 1 }, ["timeZone"]],
  [{ from: "22:00", to: "02:00" }, ["timeZone"]],
  [{ from: "22:00", to: "02:00", timeZone: "UTC", days: [] }, ["days"]],
  [{ from: "22:00", to: "02:00", timeZone: "UTC", days: "mon" }, ["days"]],
  [{ from: "22:00", to: "02:00", timeZone: "UTC", days: ["mon", "Monday"] }, ["days"]],
  [{ from: "22:00", to: "02:00", timeZone: "UTC", days: ["mon", unknownValue] }, []],
  [{}, ["from", "to", "timeZone"]],
])("%j: wrong are %j", (window, expected) => {
  const found = failuresOf(window).map(({ property }) => property.slice("restartWindow.".length));
  expect(found.sort()).toEqual([...expected].sort());
});

test("says what it got, and which days there are", () => {
  const reasons = Object.fromEntries(failuresOf({ from: "x", timeZone: "UTC", days: 1 }).map(({ property, reason }) => [property, reason]));
  expect(reasons["restartWindow.from"]).toContain('got "x"');
  expect(reasons["restartWindow.to"]).toContain("got nothing");
  expect(reasons["restartWindow.days"]).toContain('"sun", "mon", "tue", "wed", "thu", "fri", "sat", got 1');
});
