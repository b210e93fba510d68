import { Bench, canSudo, extent, meetFaults, operations, troubles } from "./support";

describe.each(operations.map((operation, position) => [operation.name, operation, position] as const))(
  "faults meet: %s",
  (_name, operation, position) => {
    let bench: Bench;
    // Faults of sudo and of accounts concern a login that is not root.
    beforeAll(async () => (bench = await Bench.start(canSudo ? { login: "sudo" } : {})));
    afterAll(() => bench.stop());

    test("each ends done or with a sentence of node, cause and next step; once it is over, one up converges", async () => {
      const met = extent === "whole" ? troubles : troubles.filter((_trouble, i) => i % operations.length === position);
      expect(await meetFaults(bench, operation, { met, of: troubles, part: "faults" })).toEqual([]);
    }, 7_200_000);
  },
);
