import fc from "fast-check";
import { appendFileSync, existsSync, rmSync } from "node:fs";
import { isWhole, nothing, type Program, World } from "./support";

const flagKey = "native_api.disable_verify_connector_plugin_signature";
const versions = ["1.0.0", "1.1.0", "2.0.0"];
const classes = ["a_jdbc", "b_jdbc", "c_jdbc"];

/** What the next `up` wants, and what happens to the cluster before it. */
interface ChangeSet {
  /** "little": files and keys are as in the set before, so that what else differs is seen alone. */
  readonly changes: "everything" | "little";
  /** For each class the version that is listed; null: not listed. */
  readonly listed: readonly (number | null)[];
  readonly flag: "absent" | "true" | "false";
  readonly path: "absent" | "default";
  readonly trigger: number;
  readonly drift: "none" | "tamper" | "remove" | "hide" | "touch";
  readonly server: "running" | "stopped" | "restarted";
  readonly refresh: "refresh" | "no refresh";
}

const changeSet: fc.Arbitrary<ChangeSet> = fc.record({
  changes: fc.constantFrom("everything", "little"),
  listed: fc.tuple(...classes.map(() => fc.option(fc.nat({ max: 2 }), { freq: 3 }))),
  flag: fc.constantFrom("absent", "absent", "true", "false"),
  path: fc.constantFrom("absent", "absent", "default"),
  trigger: fc.nat({ max: 2 }),
  drift: fc.constantFrom("none", "none", "tamper", "remove", "hide", "touch"),
  server: fc.constantFrom("running", "running", "running", "stopped", "restarted"),
  refresh: fc.constantFrom("refresh", "no refresh"),
});

/** What is known of the server without asking the code under test. */
interface Model {
  /** File to version. */
  live: Map<string, number>;
  flag: string;
  path: string;
  trigger: number | null;
  /** Files that are live and that the running processes have not loaded, or have loaded other bytes of. */
  stale: Set<string>;
}

/** Of eight change sets each. PULUMI_TABLEAU_SCENARIOS=whole: more than 200 sets on two nodes; without it the first of them, on one. */
const [sequences, nodes] = isWhole ? [26, 2] : [2, 1];

describe("any change set", () => {
  let world: World;
  const packages = new Map<string, string>();
  let sets = 0;
  beforeAll(async () => {
    world = await World.start({ nodes });
    for (const name of classes) for (const version of versions) packages.set(`${name} ${version}`, world.package(name, version));
  });
  afterAll(() => world.stop());

  const program = (set: ChangeSet): Program => {
    const listed = set.listed.flatMap((version, i) => (version === null ? [] : [[classes[i] ?? "", versions[version] ?? ""] as const]));
    return world.program(Object.fromEntries(listed.map(([name, version]) => [name, packages.get(`${name} ${version}`) ?? ""])), {
      ...(set.flag === "absent" ? {} : { disableVerifyConnectorPluginSignature: set.flag === "true" }),
      ...(set.path === "absent" ? {} : { connectPluginsPath: "/opt/tableau/connectors" }),
      ...(set.trigger === 0 ? {} : { restartTriggers: [set.trigger] }),
    });
  };

  /** The node that drifts. */
  const last = (): string => world.cluster.nodes.at(-1)?.name ?? "";

  /** Lets the drift happen, and tells which file it changed so that only a restart can make up for it. */
  const drift = (model: Model, kind: ChangeSet["drift"]): void => {
    const file = [...model.live.keys()][0];
    if (file === undefined || kind === "none") return;
    const path = world.livePath(last(), file);
    if (!existsSync(path)) return;
    if (kind === "tamper") appendFileSync(path, "x");
    if (kind === "remove") rmSync(path);
    if (kind === "tamper" || kind === "remove" || kind === "hide") model.stale.add(file);
  };

  const perform = async (model: Model, set: ChangeSet): Promise<void> => {
    sets += 1;
    if (set.server === "stopped") await world.cluster.stopServer();
    else await world.cluster.startServer();
    if (set.server === "restarted") await world.cluster.tsm(["restart"]);
    drift(model, set.drift);
    if (set.drift === "hide") await world.cluster.run(last(), "chmod 0600 /opt/tableau/connectors/*.taco");
    if (set.drift === "hide") for (const file of model.live.keys()) model.stale.add(file);
    if (set.drift === "touch") await world.cluster.run(last(), "chmod 0664 /opt/tableau/connectors/*.taco");
    const stack = world.stack();
    const wanted = program(set);
    if (set.refresh === "refresh") expect(await stack.refresh()).toMatchObject({ errors: [] });

    const files = new Map(set.listed.flatMap((version, i) => (version === null ? [] : [[`${classes[i] ?? ""}.taco`, version]])));
    const sameFiles = files.size === model.live.size && [...files].every(([file, version]) => model.live.get(file) === version);
    // What the program does not name goes back to what it was before: verification is on, and there is no path.
    const flag = set.flag === "absent" ? "false" : set.flag;
    const flagDiffers = flag !== model.flag;
    const pathDiffers = set.path !== model.path;
    const triggered = set.trigger !== 0 && set.trigger !== model.trigger;
    const cost = await world.cost(async () => expect(await stack.up(wanted)).toMatchObject({ errors: [] }));
    const keyDiffers = flagDiffers || pathDiffers;
    const ran = set.server !== "stopped";
    // Without a refresh the engine asks for no update where only the server has drifted: then nothing happens, by right.
    const asked = stack.get("config") !== undefined && cost.scripts.length + cost.calls.length > 0;
    const due = !sameFiles || keyDiffers || triggered || (model.stale.size > 0 && (set.refresh === "refresh" || asked));
    expect({ ...set, restarts: cost.restarts }).toEqual({ ...set, restarts: due && ran ? 1 : 0 });
    expect({ ...set, applies: cost.applies }).toEqual({ ...set, applies: keyDiffers ? 1 : 0 });

    model.live = files;
    model.flag = flag;
    model.path = set.path;
    model.trigger = set.trigger === 0 ? null : set.trigger;
    if (set.refresh === "refresh" || asked) model.stale.clear();
    // Once more: nothing.
    if (set.refresh === "refresh" || asked) {
      expect(await world.cost(() => stack.refresh())).toEqual(nothing);
      expect(await world.cost(() => stack.up(wanted))).toEqual(nothing);
    }
  };

  const assertLoaded = async (model: Model): Promise<void> => {
    await world.cluster.startServer();
    const stack = world.stack();
    await stack.refresh();
    const wanted = [...model.live].map(([file, version]) => `${file.slice(0, -".taco".length)} ${versions[version] ?? ""}`).sort();
    if (model.stale.size === 0) expect(await world.loaded()).toEqual(world.cluster.nodes.map(() => wanted));
  };

  test("costs exactly one restart if a live file, an applied key, the record or a trigger differs and the server runs, else none", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(changeSet, { minLength: 8, maxLength: 8 }), async (changeSets) => {
        const model: Model = { live: new Map(), flag: "false", path: "absent", trigger: null, stale: new Set() };
        try {
          let before = changeSets[0];
          for (const set of changeSets) {
            const { listed, flag, path } = set.changes === "little" && before !== undefined ? before : set;
            before = { ...set, listed, flag, path };
            await perform(model, before);
          }
          await assertLoaded(model);
        } finally {
          await world.cluster.startServer();
          expect(await world.stack().destroy()).toMatchObject({ errors: [] });
          for (const key of [flagKey, "native_api.connect_plugins_path"]) {
            await world.cluster.tsm(["configuration", "set", "-k", key, "-d", "--force-keys"]);
          }
          await world.cluster.tsm(["pending-changes", "apply", "--ignore-prompt"]);
        }
      }),
      { numRuns: sequences, seed: 20241124, endOnFailure: true },
    );
    expect(sets).toBeGreaterThanOrEqual(sequences * 8 - 8);
  }, 1_800_000);
});
