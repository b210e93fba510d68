import type * as LookUntilSure from "../../provider/activation/look-until-sure";
import { FaultAt } from "./support/fault-at";
import { MemoryBench, MemoryPackages } from "./support/memory/memory-bench";

const mockSeconds: number[] = [];
jest.mock("../../provider/activation/look-until-sure", () => {
  const { lookUntilSure } = jest.requireActual<typeof LookUntilSure>("../../provider/activation/look-until-sure");
  return {
    lookUntilSure: async (...[look, seconds, onWait]: Parameters<typeof lookUntilSure>): ReturnType<typeof lookUntilSure> => {
      mockSeconds.push(seconds);
      return await lookUntilSure(look, seconds, onWait);
    },
  };
});

describe("a change that is rolled back before any job was run", () => {
  const packages = new MemoryPackages();
  afterAll(() => packages.remove());

  test.each([
    { ready: 20, command: 30 },
    { ready: 30, command: 20 },
  ])(
    "is looked at for the smaller of its times in the end: %j",
    async (times) => {
      let rolledBack = 0;
      for (let at = 0; at < 30; at += 1) {
        const fault = new FaultAt({ fill: () => undefined, cut: () => undefined });
        const bench = await MemoryBench.start(packages, (host) => fault.wrap(host));
        const program = (version: string): ReturnType<MemoryBench["program"]> =>
          bench.program({ a: version }, { timeouts: { restart: 30, ...times } });
        expect((await bench.stack.up(program("1.0.0"))).errors).toEqual([]);
        const { restarts } = await bench.now();
        mockSeconds.length = 0;
        fault.begin(at, "refused");
        const { errors } = await bench.stack.up(program("1.1.0"));
        fault.end();
        if ((await bench.now()).restarts === restarts && errors.join("\n").includes("no restart")) {
          rolledBack += 1;
          expect({ at, struck: fault.struck, last: mockSeconds.at(-1) }).toEqual({ at, struck: fault.struck, last: 20 });
        }
        await bench.stop();
      }
      expect(rolledBack).toBeGreaterThan(0);
    },
    600_000,
  );
});
