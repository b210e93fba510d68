import { defaultSwitches, switchNames, switchSettings, windowsSwitchNames, type SwitchName } from "../../simulator";
import { assertDemo, assertShortLife, demoPackages, type DemoPackages, World } from "./support";

/** Every setting of every switch but the defaults, which the other tests run under, and those of Windows nodes. Noise has tests of its own. */
const apart: readonly SwitchName[] = [...windowsSwitchNames, "noise", "noisePlace"];
const names = switchNames.filter((name) => !apart.includes(name));
const settings = names.flatMap((name) => switchSettings[name].slice(1).map((setting) => [name, setting] as [SwitchName, never]));
const keys = ["native_api.connect_plugins_path", "native_api.disable_verify_connector_plugin_signature"];

// PULUMI_TABLEAU_SCENARIOS=whole runs the demo's sequence under each setting; without it the shortest one that asks tsm everything.
const isWhole = process.env["PULUMI_TABLEAU_SCENARIOS"] === "whole";

describe("what no source settles about tsm, one by one", () => {
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

  test.each(settings)("%s: %s", async (name, setting) => {
    await world.cluster.switch(name, setting);
    await (isWhole ? assertDemo(world, packages) : assertShortLife(world, packages));
  });
});
