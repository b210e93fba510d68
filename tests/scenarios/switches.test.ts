import { defaultSwitches, switchNames, switchSettings, windowsSwitchNames, type SwitchName } from "../../simulator";
import {
  assertDemo,
  assertShortLife,
  demoPackages,
  type DemoPackages,
  isWhole,
  missingFrom,
  oneByOne,
  setSwitches,
  titled,
  together,
  World,
} from "./support";

/** Those of Windows nodes and noise have tests of their own. */
const apart: readonly SwitchName[] = [...windowsSwitchNames, "noise", "noisePlace"];
const settings = switchNames.filter((name) => !apart.includes(name)).map((name) => [name, switchSettings[name]] as const);
/** Every setting of every switch at least twice, each time among others. */
const sixteen = together(settings, 16);
const keys = ["native_api.connect_plugins_path", "native_api.disable_verify_connector_plugin_signature"];

// PULUMI_TABLEAU_SCENARIOS=whole runs the demo's sequence under each setting alone; without it settings come together, and the
// sequence is the shortest one that asks tsm everything.

describe("what no source settles about tsm", () => {
  let world: World;
  let packages: DemoPackages;
  beforeAll(async () => {
    world = await World.start({ nodes: 1 });
    packages = demoPackages(world);
  });
  afterAll(() => world.stop());
  afterEach(async () => {
    for (const name of switchNames) await world.cluster.switch(name, defaultSwitches()[name]);
    for (const key of keys) await world.cluster.tsm(["configuration", "set", "-k", key, "-d", "--force-keys"]);
    await world.cluster.tsm(["pending-changes", "apply", "--ignore-prompt"]);
    await world.stack().destroy();
    await world.cluster.startServer();
  });

  // The default of each is what the other tests run under.
  const alone = oneByOne(settings.map(([name, all]) => [name, all.slice(1)]));
  test.each(titled(isWhole ? alone : sixteen))("%s", async (_title, row) => {
    await setSwitches(world.cluster, row);
    await (isWhole ? assertDemo(world, packages) : assertShortLife(world, packages));
  });

  test("the rows have every setting", () => {
    expect(missingFrom(sixteen, settings)).toEqual([]);
  });
});
