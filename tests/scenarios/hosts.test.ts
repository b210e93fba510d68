import { existsSync } from "node:fs";
import type { FaultName, Login, Transport } from "../../simulator";
import { assertDemo, assertShortLife, demoPackages, type DemoPackages, isWhole, World } from "./support";

const hasSshd = existsSync("/usr/sbin/sshd");
const hasSudo = existsSync("/usr/bin/sudo");
const isRoot = process.getuid?.() === 0;
const ways: [Transport, Login][] = [
  ["openssh", "sudo"],
  ["openssh", "tsmadmin"],
  ["openssh", "root"],
  ["builtin", "root"],
  ["local", "root"],
];
const possible = ways.filter(
  ([transport, login]) => (isRoot || transport !== "openssh") && (transport !== "openssh" || hasSshd) && (login !== "sudo" || hasSudo),
);

// PULUMI_TABLEAU_SCENARIOS=whole runs the demo's sequence in each way and in each circumstance alone; without it the first way runs it,
// and the others, and the circumstances together, run the shortest life that asks tsm everything.

describe.each(possible.map((way, position) => [...way, position === 0 || isWhole ? "demo" : "short life"] as const))(
  "over %s as %s",
  (transport, login, sequence) => {
    let world: World;
    beforeAll(async () => {
      world = await World.start({ transport, login, nodes: transport === "local" ? 1 : 2 });
    });
    afterAll(() => world.stop());

    test(`the ${sequence} ends right, with the files' modes and owners as documented`, async () => {
      const packages = demoPackages(world);
      await (sequence === "demo" ? assertDemo(world, packages) : assertShortLife(world, packages));
      expect(await world.stack().up(world.program({ a: packages.a1 }))).toMatchObject({ errors: [] });
      const files = (await world.cluster.state()).nodes.flatMap((node) => node.files.filter(({ path }) => path.endsWith(".taco")));
      const owner = transport === "local" ? expect.any(String) : login === "tsmadmin" ? "deploy" : "root";
      for (const file of files) expect(file).toMatchObject({ mode: "0644", owner });
      expect(files).toHaveLength(world.cluster.nodes.length);
    });

    if (sequence !== "demo") return;

    test("fifteen connectors at once, more than a server allows sessions", async () => {
      const many = Object.fromEntries(Array.from({ length: 15 }, (_, i) => [`c${String(i)}`, world.package(`many_${String(i)}`, "1.0.0")]));
      const cost = await world.up(world.program(many));
      expect(cost).toMatchObject({ restarts: 1 });
      expect((await world.loaded())[0]).toHaveLength(15);
    });
  },
);

type Circumstance = readonly [what: string, fault: FaultName, setting: string];
const circumstances: readonly Circumstance[] = [
  ["a login umask of 077", "umask-077", ""],
  ["a .bashrc that prints", "noisy-login", "Welcome to this node, $USER! `date` \u001b[31mred"],
  ["a banner", "banner", "Authorised use only"],
  ["tsm on no path", "tsm-not-on-path", ""],
  ["several versions of tsm", "several-versions", ""],
  ["a slow node", "slow-node", "node2:40"],
  ["a clock that is far ahead on the initial node", "clock-skew", "90000"],
  ["a clock that is far behind on the initial node", "clock-skew", "-90000"],
];
/** Everything at once that does not exclude another. */
const together = [
  circumstances.filter(([, fault, setting]) => fault !== "several-versions" && setting !== "-90000"),
  circumstances.filter(([, fault, setting]) => fault === "several-versions" || setting === "-90000"),
];

const describeWithSudo = isRoot && hasSudo ? describe : describe.skip;

describeWithSudo("hosts as they really behave", () => {
  let world: World;
  let packages: DemoPackages;
  beforeAll(async () => {
    world = await World.start({ login: "sudo" });
    packages = demoPackages(world);
  });
  afterAll(() => world.stop());
  afterEach(async () => {
    await world.cluster.clearFaults();
    expect(await world.stack().destroy()).toMatchObject({ errors: [] });
  });

  const rows = isWhole ? circumstances.map((one) => [one]) : together;
  test.each(rows.map((row) => [row.map(([what]) => what).join(", "), row] as const))("%s: the sequence ends right", async (_what, row) => {
    for (const [, fault, setting] of row) await world.cluster.fault(fault, setting);
    await (isWhole ? assertDemo(world, packages) : assertShortLife(world, packages));
  });

  test("sudo that allows too little is refused with what to do, nothing changed; what is really run is enough", async () => {
    for (const [fault, setting, sentence] of [
      ["sudo-password", "", /\[node[12]\].*sudo/],
      ["sudo-commands", "/usr/bin/id", /\[node[12]\].*sudo/],
      ["requiretty", "", /\[node[12]\].*(requiretty|terminal)/],
    ] as const) {
      await world.cluster.fault(fault, setting);
      const cost = await world.cost(async () => {
        const { errors } = await world.stack().up(world.program({ a: packages.a1 }));
        expect(errors.length).toBeGreaterThan(0);
        for (const error of errors) expect(error).toMatch(sentence);
      });
      expect(cost).toMatchObject({ restarts: 0, calls: [] });
      await world.cluster.clearFaults();
    }
    await world.cluster.fault("sudo-commands", "/bin/sh, /usr/bin/sh");
    expect(await world.stack().up(world.program({ a: packages.a1 }))).toMatchObject({ errors: [] });
  });

  test("a node that is lost between the barrier and the switch: told, and the next up completes with one restart", async () => {
    const stack = world.stack();
    expect(await stack.up(world.program({ a: packages.a1 }))).toMatchObject({ errors: [] });
    world.pool.before = async ({ node, name }) => {
      if (node === "node2" && name === "place") await world.cluster.killNode("node2");
    };
    const impatient = { timeouts: { connect: 2, ready: 2 } };
    expect((await stack.up(world.program({ a: packages.a2 }, impatient))).errors).toEqual([expect.stringMatching(/\[node2\]/)]);
    world.pool.before = undefined;
    await world.cluster.reviveNode("node2");
    expect(await stack.refresh()).toMatchObject({ errors: [] });
    const cost = await world.cost(async () => expect(await stack.up(world.program({ a: packages.a2 }))).toMatchObject({ errors: [] }));
    expect(cost.restarts).toBe(1);
    expect(await world.loaded()).toEqual([["a_jdbc 1.1.0"], ["a_jdbc 1.1.0"]]);
  });
});
