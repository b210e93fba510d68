import { windowsSwitchNames, defaultSwitches, switchSettings, type SwitchName } from "../../simulator";
import { assertDemo, demoPackages, World } from "./support";

/** Packages that the server holds so that nothing can replace them are tested apart. */
const settings = windowsSwitchNames.flatMap((name) =>
  switchSettings[name].filter((setting) => setting !== "locked").map((setting) => [name, setting] as [SwitchName, never]),
);

describe("a server on Windows nodes", () => {
  let world: World;
  beforeAll(async () => {
    world = await World.start({ platform: "windows", nodes: 2 });
  });
  afterAll(() => world.stop());
  afterEach(async () => {
    for (const name of windowsSwitchNames) await world.cluster.switch(name, defaultSwitches()[name]);
  });

  test.each(settings)("the demo's sequence, %s: %s", async (name, setting) => {
    await world.cluster.switch(name, setting);
    await assertDemo(world, demoPackages(world));
  });
});
