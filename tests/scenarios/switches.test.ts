import { defaultSwitches, switchNames, switchSettings, windowsSwitchNames, type SwitchName } from "../../simulator";
import { assertDemo, assertShortLife, demoPackages, type DemoPackages, World } from "./support";

/** Those of Windows nodes and noise have tests of their own. */
const apart: readonly SwitchName[] = [...windowsSwitchNames, "noise", "noisePlace"];
const names = switchNames.filter((name) => !apart.includes(name));
type Row = readonly (readonly [SwitchName, string])[];
const oneByOne: readonly Row[] = names.flatMap((name) => switchSettings[name].slice(1).map((setting) => [[name, setting] as const]));
/** Every setting of every switch at least twice, each time among others. */
const together: readonly Row[] = Array.from({ length: 16 }, (_, row) =>
  names.map((name, position) => {
    const settings = switchSettings[name];
    const round = Math.floor(row / settings.length);
    return [name, settings[(row + round * position) % settings.length] ?? settings[0]] as const;
  }),
);
const keys = ["native_api.connect_plugins_path", "native_api.disable_verify_connector_plugin_signature"];

// PULUMI_TABLEAU_SCENARIOS=whole runs the demo's sequence under each setting alone; without it settings come together, and the
// sequence is the shortest one that asks tsm everything.
const isWhole = process.env["PULUMI_TABLEAU_SCENARIOS"] === "whole";

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

  const rows = isWhole ? oneByOne : together;
  test.each(rows.map((row) => [row.map(([name, setting]) => `${name} ${setting}`).join(", "), row] as const))("%s", async (_title, row) => {
    for (const [name, setting] of row) await world.cluster.switch(name, setting as never);
    await (isWhole ? assertDemo(world, packages) : assertShortLife(world, packages));
  });

  test("the rows have every setting", () => {
    const met = new Set(together.flatMap((row) => row.map(String)));
    expect(names.flatMap((name) => switchSettings[name].map((setting) => String([name, setting]))).filter((one) => !met.has(one))).toEqual(
      [],
    );
  });
});
