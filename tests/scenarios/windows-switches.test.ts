import { defaultSwitches, switchSettings, windowsSwitchNames } from "../../simulator";
import { assertDemo, demoPackages, isWhole, missingFrom, oneByOne, setSwitches, titled, together, World } from "./support";

/** Packages that the server holds so that nothing can replace them are tested apart. */
const settings = windowsSwitchNames.map((name) => [name, switchSettings[name].filter((setting) => setting !== "locked")] as const);
const three = together(settings, 3);
// PULUMI_TABLEAU_SCENARIOS=whole tries each setting alone.
const rows = isWhole ? oneByOne(settings) : three;

describe("a server on Windows nodes", () => {
  let world: World;
  beforeAll(async () => {
    world = await World.start({ platform: "windows", nodes: 2 });
  });
  afterAll(() => world.stop());
  afterEach(async () => {
    for (const name of windowsSwitchNames) await world.cluster.switch(name, defaultSwitches()[name]);
  });

  test.each(titled(rows))("the demo's sequence, %s", async (_title, row) => {
    await setSwitches(world.cluster, row);
    await assertDemo(world, demoPackages(world));
  });

  test("the rows have every setting", () => {
    expect(missingFrom(three, settings)).toEqual([]);
  });
});
