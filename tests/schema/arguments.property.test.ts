import fc from "fast-check";
import { type CheckFailure, Failures } from "../../provider/schema/failures";
import type { Fields } from "../../provider/schema/field";
import { check, ifKnown, parse } from "../../provider/schema/read";
import { given, placesOf, replaced, sampleOf } from "./support/samples";

function checked(
  table: Fields,
  value: unknown,
): { readonly draft: Readonly<Record<string, unknown>>; readonly failures: readonly CheckFailure[] } {
  const failures = new Failures();
  return { draft: check(table, value, failures), failures: failures.list };
}

describe.each(given)("%s", (_name, table) => {
  const whole = sampleOf(table);
  const places = placesOf(table);

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
