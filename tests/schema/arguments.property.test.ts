import fc from "fast-check";
import { type CheckFailure, describe as inWords, Failures } from "../../provider/schema/failures";
import { type Fields, type Kind } from "../../provider/schema/field";
import { check, ifKnown, parse } from "../../provider/schema/read";
import { unknownValue } from "../../provider/schema/unknown";
import { given, type Place, placesOf, replaced, sampleOf, valueAt } from "./support/samples";

interface Checked {
  readonly draft: Readonly<Record<string, unknown>>;
  readonly failures: readonly CheckFailure[];
}

function checked(table: Fields, value: unknown): Checked {
  const failures = new Failures();
  return { draft: check(table, value, failures), failures: failures.list };
}

function wrongFor({ is }: Kind): unknown {
  return is === "text" || is === "word" ? 5 : is === "number" ? "5" : "true";
}

describe.each(given)("%s", (_name, table) => {
  const whole = sampleOf(table);
  const places = placesOf(table);
  const each = (some: readonly Place[]): [string, Place][] => some.map((place) => [place.property, place]);

  test("takes a value for every argument as it is", () => {
    expect(checked(table, whole)).toEqual({ draft: whole, failures: [] });
  });

  test.each(each(places.filter(({ kind }) => kind.is !== "any")))(
    "%s of another type is a failure of it",
    (property, { path, kind, secret }) => {
      const { draft, failures } = checked(table, replaced(whole, path, wrongFor(kind)));
      expect(failures.map((failure) => failure.property)).toEqual([property]);
      const got = `got ${inWords(wrongFor(kind))}`;
      // A secret is not repeated, even where it is none.
      const isSecret = secret === true || kind.conceals === true;
      expect(failures[0]?.reason).toEqual(isSecret ? expect.not.stringContaining(got) : expect.stringContaining(got));
      expect(valueAt(draft, path)).toBeUndefined();
    },
  );

  test.each(each(places))("%s may be absent, or null, if and only if it is optional", (property, { path, need }) => {
    const told = need === "required" ? [property] : [];
    for (const nothing of [undefined, null]) {
      const { draft, failures } = checked(table, replaced(whole, path, nothing));
      expect(failures.map((failure) => failure.property)).toEqual(told);
      expect(valueAt(draft, path)).toBeUndefined();
    }
  });

  test.each(each(places))("%s may be unknown in a preview", (_property, { path }) => {
    const value = replaced(whole, path, unknownValue);
    const { draft, failures } = checked(table, value);
    expect(failures).toEqual([]);
    expect(draft).toEqual(value);
    expect(ifKnown(table, draft)).toBeNull();
  });

  test("whatever stands anywhere: check never throws, and what it takes is parsed to itself again", () => {
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.jsonValue({ maxDepth: 2 }), ({ path }, value) => {
        const { draft, failures } = checked(table, replaced(whole, path, value));
        if (failures.length > 0) return;
        expect(checked(table, draft)).toEqual({ draft, failures: [] });
        expect(parse(table, draft)).toEqual(draft);
        expect(ifKnown(table, draft)).toEqual(draft);
      }),
      { numRuns: 400, seed: 20261129 },
    );
  });
});
