import { Bench, canOpenSsh, canSudo, extent, meetFaults, operations, troubles } from "./support";

// Where OpenSSH is, each operation meets every second of its troubles over it: in openssh.test.ts.
const share = canOpenSsh ? 2 * operations.length : operations.length;

describe.each(operations.map((operation, position) => [operation.name, operation, position] as const))(
  "faults meet: %s",
  (_name, operation, position) => {
    let bench: Bench;
    // Faults of sudo and of accounts concern a login that is not root.
    beforeAll(async () => (bench = await Bench.start(canSudo ? { login: "sudo" } : {})));
    afterAll(() => bench.stop());

    test("each ends done or with a sentence of node, cause and next step; once it is over, one up converges", async () => {
      const met = extent === "whole" ? troubles : troubles.filter((_trouble, i) => i % share === position);
      expect(await meetFaults(bench, operation, { met, of: troubles, part: "faults" })).toEqual([]);
    }, 7_200_000);
  },
);
