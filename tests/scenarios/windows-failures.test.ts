import { randomBytes } from "node:crypto";
import { World } from "./support";

describe("what fails on a Windows node before anything is live", () => {
  let world: World;
  let a1: string, a2: string;
  beforeAll(async () => {
    world = await World.start({ platform: "windows" });
    [a1, a2] = ["1.0.0", "1.1.0"].map((version) => world.package("a_jdbc", version, { files: { "big.bin": randomBytes(60_000) } })) as [
      string,
      string,
    ];
    expect(await world.stack().up(world.program({ a: a1 }))).toMatchObject({ errors: [] });
  });
  afterAll(() => world.stop());

  test.each([
    ["losing its connection in the upload", "cut-upload", "node2:20000", /\[node2\].*connection was lost/],
    ["out of disk", "disk-full", "node2", /\[node2\].*No space left/],
  ] as const)(
    "node2 is %s: it is named at once, no live file has changed, the next up completes",
    async (_what, fault, setting, cause) => {
      const source = fault === "cut-upload" ? a2 : world.package("a_jdbc", "1.2.0");
      const before = await world.live();
      await world.cluster.fault(fault, setting);
      const { errors } = await world.stack().up(world.program({ a: source }));
      expect(errors.length).toBeGreaterThan(0);
      for (const error of errors) expect(error).toMatch(cause);
      await world.cluster.clearFaults();
      expect(await world.live()).toEqual(before);
      expect(await world.stack().up(world.program({ a: source }))).toMatchObject({ errors: [] });
      expect(await world.leftovers()).toEqual([]);
    },
    60_000,
  );
});
