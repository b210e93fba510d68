import { defaultSwitches, switchSettings, type Switches } from "../../simulator";
import { World } from "./support";

const flagKey = "native_api.disable_verify_connector_plugin_signature";
const foreignKey = "wgserver.domain.password";
type Case = readonly [Switches["noise"], Switches["noisePlace"]];

// PULUMI_TABLEAU_NOISE=whole runs each kind at each place on each server; without it each kind runs once on Linux.
const isWhole = process.env["PULUMI_TABLEAU_NOISE"] === "whole";
const kinds = switchSettings.noise.slice(1) as readonly Switches["noise"][];
const every = kinds.flatMap((noise) => switchSettings.noisePlace.map((place): Case => [noise, place]));
const sample = kinds.map((noise, index): Case => [noise, index % 2 === 0 ? "stderr" : index % 4 === 1 ? "before" : "after"]);

describe.each([
  ["of Linux", {}, isWhole ? every : sample],
  ["of Windows", { platform: "windows" as const }, isWhole ? every : [["java-24", "stderr"] as const]],
  [
    "of Linux, with a TSM account",
    { account: { username: "admin", password: "Pass-word 1" } },
    isWhole
      ? every
      : ([
          ["java-24", "stderr"],
          ["loggers", "before"],
        ] as const),
  ],
])("noise around every answer of tsm on a server %s", (_, options, cases: readonly Case[]) => {
  let world: World;
  let flag: "verifies" | "verifies not" = "verifies";
  let turn = 0;
  beforeAll(async () => {
    world = await World.start({ nodes: 1, ...options });
    // The question for the password stands between the noise and the answer.
    if ("account" in options) await world.cluster.fault("not-authorised");
  });
  afterAll(() => world.stop());
  afterEach(async () => {
    for (const name of ["noise", "noisePlace"] as const) await world.cluster.switch(name, defaultSwitches()[name]);
    await world.cluster.tsm(["pending-changes", "discard"]);
  });

  const other = (): typeof flag => (flag === "verifies" ? "verifies not" : "verifies");
  const program = (pluginVersion: string, verifies = flag): ReturnType<World["program"]> => {
    const source = world.package("a_jdbc", pluginVersion);
    const made = world.program({ a: source }, { disableVerifyConnectorPluginSignature: verifies === "verifies not" });
    return "account" in options
      ? { ...made, server: { ...made.server, tsm: { ...made.server.tsm, username: "admin" } }, tsmPassword: options.account.password }
      : made;
  };

  // Every kind at every place around every answer: tests/tsm/noise.property.test.ts.
  test.each(cases)(
    "%s, %s: keys set with one apply, files alone with one restart, a true foreign change refused by name",
    async (noise, place) => {
      await world.cluster.switch("noise", noise);
      await world.cluster.switch("noisePlace", place);
      const stack = world.stack();
      turn += 1;
      flag = other();
      const keys = await world.cost(async () => expect(await stack.up(program(`${turn}.0.0`))).toMatchObject({ errors: [] }));
      expect(keys).toMatchObject({ restarts: 1, applies: 1 });
      expect(await world.cluster.state()).toMatchObject({ applied: { [flagKey]: String(flag === "verifies not") }, pending: {} });

      // Files alone read no answer of tsm that keys do not read: under a third of the kinds, once at each place.
      if (isWhole || turn % 3 === 1) {
        const files = await world.cost(async () => expect(await stack.up(program(`${turn}.1.0`))).toMatchObject({ errors: [] }));
        expect(files).toMatchObject({ restarts: 1, applies: 0 });
        const none = await world.cost(async () => expect(await stack.up(program(`${turn}.1.0`))).toMatchObject({ errors: [] }));
        expect(none).toMatchObject({ restarts: 0, applies: 0, calls: [] });
      }

      expect(await world.cluster.tsm(["configuration", "set", "-k", foreignKey, "-v", "hunter2"])).toMatchObject({ status: 0 });
      const refused = await world.cost(async () => {
        expect((await stack.up(program(`${turn}.1.0`, other()))).errors).toEqual([
          expect.stringContaining(`are pending on ${world.cluster.server.name}: ${foreignKey}.`),
        ]);
      });
      expect(refused).toMatchObject({ restarts: 0, applies: 0, calls: [] });
      expect((await world.cluster.state()).pending).toEqual({ [foreignKey]: "hunter2" });
    },
  );
});
