import { windowsSwitchNames, defaultSwitches, switchSettings, type SwitchName } from "../../simulator";
import { assertDemo, demoPackages, World } from "./support";

type Row = readonly (readonly [SwitchName, string])[];
/** Packages that the server holds so that nothing can replace them are tested apart. */
const settings = windowsSwitchNames.map((name) => [name, switchSettings[name].filter((setting) => setting !== "locked")] as const);
const oneByOne: readonly Row[] = settings.flatMap(([name, all]) => all.map((setting) => [[name, setting] as const]));
/** Every setting of every switch, each time among others. */
const together: readonly Row[] = Array.from({ length: 3 }, (_, row) =>
  settings.map(([name, all], position) => [name, all[(row + position) % all.length] ?? ""] as const),
);
// PULUMI_TABLEAU_SCENARIOS=whole tries each setting alone.
const rows = process.env["PULUMI_TABLEAU_SCENARIOS"] === "whole" ? oneByOne : together;

describe("a server on Windows nodes", () => {
  let world: World;
  beforeAll(async () => {
    world = await World.start({ platform: "windows", nodes: 2 });
  });
  afterAll(() => world.stop());
  afterEach(async () => {
    for (const name of windowsSwitchNames) await world.cluster.switch(name, defaultSwitches()[name]);
  });

  const titled = rows.map((row) => [row.map(([name, setting]) => `${name} ${setting}`).join(", "), row] as const);
  test.each(titled)("the demo's sequence, %s", async (_title, row) => {
    for (const [name, setting] of row) await world.cluster.switch(name, setting as never);
    await assertDemo(world, demoPackages(world));
  });

  test("the rows have every setting", () => {
    expect(new Set(together.flatMap((row) => row.map(String)))).toEqual(new Set(oneByOne.flatMap((row) => row.map(String))));
  });
});
