import type { FaultName } from "../../simulator";
import { isWhole, World } from "./support";

/** What happens when tsm is asked for the restart, so that every look after it meets it. */
interface Mishap {
  readonly what: string;
  readonly fault?: readonly [FaultName, string];
  /** Connections of this node are lost at so many of the calls of tsm after the restart. */
  readonly cuts?: { readonly node: string; readonly times: number };
  /** The fault is over once tsm was called so often after it. */
  readonly overAfter?: number;
  readonly says?: RegExp;
  /** How the change ends. */
  readonly ends: "done" | "to be written down";
}

// PULUMI_TABLEAU_SCENARIOS=whole has each answer and each word alone, and after an apply too.

/** What "everything in turn" has together. */
const oneByOne: readonly Mishap[] = [
  { what: "tsm status fails, three times", fault: ["odd-looks", "fails,fails,fails"], ends: "done" },
  { what: "the controller is away, twice", fault: ["odd-looks", "away,away"], ends: "done" },
  { what: "tsm prints nothing", fault: ["odd-looks", "nothing,-,nothing"], ends: "done" },
  { what: "tsm prints noise", fault: ["odd-looks", "noise,noise"], ends: "done" },
  { what: "the answer is cut in half", fault: ["odd-looks", "half,half,half,half"], ends: "done" },
];

const looks: readonly Mishap[] = [
  { what: "tsm status is slower than a command may be", fault: ["odd-looks", "slow=2500"], ends: "done" },
  { what: "everything in turn", fault: ["odd-looks", "fails,-,nothing,half,-,noise,away,-,half"], ends: "done" },
  { what: "another node is out of sight", fault: ["unreachable-node", "node2"], overAfter: 3, ends: "done" },
  { what: "the connection to another node is lost", cuts: { node: "node2", times: 2 }, ends: "done" },
  // The lock goes with it: somebody else could be at work.
  { what: "the connection to the initial node is lost", cuts: { node: "node1", times: 2 }, says: /lock/, ends: "to be written down" },
];

const full: Mishap = {
  what: "the disk of the initial node is full",
  fault: ["disk-full", "node1"],
  says: /No space left/,
  ends: "to be written down",
};

const furtherWords: readonly Mishap[] = [
  {
    what: "is unlicensed",
    fault: ["process-words", "vizqlserver:is unlicensed"],
    says: /VizQL Server 0 on node1 is unlicensed/,
    ends: "done",
  },
  {
    what: "is in a degraded state while the server runs",
    fault: ["process-words", "backgrounder:is in a degraded state"],
    says: /Backgrounder 0 on node2 is in a degraded state/,
    ends: "done",
  },
];

const words: readonly Mishap[] = [
  {
    what: "has words that nobody ever heard of",
    fault: ["process-words", "dataserver:contemplates \u001b[31mits past"],
    says: /Data Server 0 on node1 contemplates its past/,
    ends: "done",
  },
  {
    what: "is no longer listed",
    fault: ["process-words", "backgrounder:"],
    says: /Backgrounder 0 on node1 is no longer listed/,
    ends: "done",
  },
  { what: "the server's status is new", fault: ["status-words", "UNDER MAINTENANCE"], says: /status is "UNDER MAINTENANCE"/, ends: "done" },
];

describe("after a restart that tsm reported as done", () => {
  let world: World;
  let versions: readonly [string, string];
  let turn = 0;
  beforeAll(async () => {
    world = await World.start();
    versions = [world.package("a_jdbc", "1.0.0"), world.package("a_jdbc", "1.1.0")];
    expect(await world.stack().up(world.program({ a: versions[0] }))).toMatchObject({ errors: [] });
  });
  afterAll(() => world.stop());

  const program = (keys: Readonly<Record<string, unknown>>): ReturnType<World["program"]> => {
    const limits = { timeouts: { command: 2, restart: 60, ready: 60 } };
    return world.program({ a: versions[turn % 2] ?? "" }, { ...limits, ...keys });
  };

  async function assertOneRestart({ fault, cuts, overAfter, says, ends }: Mishap, keys: Readonly<Record<string, unknown>>): Promise<void> {
    turn += 1;
    const stack = world.stack();
    let calls = -1;
    const end = world.cluster.onCall(async ({ argv }) => {
      const isJob = argv[0] === "restart" || argv[1] === "apply";
      if (calls < 0 && !isJob) return;
      calls += 1;
      if (calls === 0 && fault !== undefined) await world.cluster.fault(...fault);
      if (calls > 0 && cuts !== undefined && calls <= cuts.times) world.cluster.cutConnections(cuts.node);
      if (calls === overAfter) await world.cluster.clearFaults();
    });
    const said = world.said.length;
    const cost = await world.cost(async () => expect(await stack.up(program(keys))).toMatchObject({ errors: [] }));
    end();
    await world.cluster.clearFaults();
    expect(cost.restarts).toBe(1);
    const loaded = [`a_jdbc 1.${String(turn % 2)}.0`];
    expect(await world.loaded()).toEqual([loaded, loaded]);
    const lines = world.said.slice(said).join("\n");
    expect(lines).not.toMatch(/\u001b/);
    if (says !== undefined) expect(lines).toMatch(says);
    // What could not be written down is made up for, without a restart; nothing is blacklisted, and then there is nothing to do.
    const next = await world.cost(async () => expect(await stack.up(program(keys))).toMatchObject({ errors: [] }));
    expect(next).toMatchObject({ restarts: 0, applies: 0 });
    if (ends === "done") expect(next.scripts).toEqual([]);
    else {
      expect(next.scripts.filter((script) => script.endsWith(" record"))).not.toEqual([]);
      expect((await world.cost(() => stack.up(program(keys)))).scripts).toEqual([]);
    }
    await stack.refresh();
    expect(stack.get("config")?.inputs["loaded"]).toBe("current");
  }

  test.each(isWhole ? [...oneByOne, ...looks, full] : looks)("$what: one restart, nothing rolled back ($ends)", async (mishap) => {
    await assertOneRestart(mishap, {});
  });

  // The lock goes with one of them, and not with the other.
  const afterApply = looks.filter(({ what }) => /in turn|to the initial node/.test(what));
  test.each(isWhole ? [...oneByOne, ...looks, full] : afterApply)("$what, after an apply of a key: one restart ($ends)", async (mishap) => {
    await assertOneRestart(mishap, { disableVerifyConnectorPluginSignature: turn % 2 === 0 });
  });

  test.each(isWhole ? [...words, ...furtherWords] : words)("a process $what: a warning in tsm's own words, no rollback", async (mishap) => {
    await assertOneRestart(mishap, {});
  });

  test("restartTriggers that could not be written down do not restart the server again", async () => {
    await assertOneRestart(full, { restartTriggers: { driver: "2" } });
  });

  test("what stays out of sight is said, and nothing is rolled back; the next up needs no restart", async () => {
    turn += 1;
    const stack = world.stack();
    const limits = { timeouts: { command: 2, restart: 60, ready: 1 } };
    const wanted = world.program({ a: versions[turn % 2] ?? "" }, limits);
    const end = world.cluster.onCall(async ({ argv }) => {
      if (argv[0] === "restart") await world.cluster.fault("unreachable-node", "node2");
    });
    const cost = await world.cost(async () => {
      const { errors } = await stack.up(wanted);
      expect(errors).toEqual([
        expect.stringMatching(/\[node2\] simulated was changed, but what became of it could not be seen.*Nothing was rolled back/s),
      ]);
    });
    end();
    await world.cluster.clearFaults();
    expect(cost).toMatchObject({ restarts: 1 });
    const next = await world.cost(async () => expect(await stack.up(wanted)).toMatchObject({ errors: [] }));
    expect(next).toMatchObject({ restarts: 0, applies: 0 });
    const loaded = [`a_jdbc 1.${String(turn % 2)}.0`];
    expect(await world.loaded()).toEqual([loaded, loaded]);
  });

  test("words that nobody knows are told before anything is changed, too", async () => {
    turn += 1;
    await world.cluster.fault("process-words", "vizqlserver:is unlicensed");
    const said = world.said.length;
    const cost = await world.up(program({}));
    await world.cluster.clearFaults();
    expect(cost).toMatchObject({ restarts: 1 });
    expect(world.said.slice(said).filter((line) => /^tsm says of simulated: .*is unlicensed/.test(line))).toHaveLength(1);
  });
});
