import { randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CliCommand } from "../../provider/cli/command";
import { doctor } from "../../provider/cli/doctor";
import { history } from "../../provider/cli/history";
import { restore } from "../../provider/cli/restore";
import { nothing, World } from "./support";

/** A command for the server of a world, and what it printed. */
async function command(world: World, cli: CliCommand, ...args: string[]): Promise<{ status: number; printed: string }> {
  const serverFile = join(world.folder, "server.json");
  writeFileSync(serverFile, JSON.stringify(world.cluster.server));
  const printed: string[] = [];
  const note = (text: string): void => void printed.push(text);
  const status = await cli.run([...args, "--server-file", serverFile], { out: note, err: note });
  return { status, printed: printed.join("") };
}

describe("the commands on Windows nodes", () => {
  let world: World;
  let a1: string, a2: string;
  beforeAll(async () => {
    world = await World.start({ platform: "windows" });
    [a1, a2] = [world.package("a_jdbc", "1.0.0"), world.package("a_jdbc", "1.1.0")];
    for (const a of [a1, a2]) expect(await world.stack().up(world.program({ a }))).toMatchObject({ errors: [] });
  });
  afterAll(() => world.stop());
  afterEach(() => world.cluster.clearFaults());

  test("doctor finds nothing that would stop an up, and changes nothing", async () => {
    const cost = await world.cost(async () => {
      const { status, printed } = await command(world, doctor);
      expect({ status, stops: printed.includes("STOPS") }).toEqual({ status: 0, stops: false });
      expect(printed).toMatch(/ok +node1 +Reached/);
      expect(printed).toMatch(/ok +node2 +Reached/);
    });
    expect(cost).toEqual(nothing);
  });

  test.each([
    ["read-only", "node2", /STOPS +node2 +/],
    ["controller-down", "", /STOPS +tsm +/],
  ] as const)("doctor says what would stop an up: %s %s", async (fault, setting, says) => {
    await world.cluster.fault(fault, setting);
    const { status, printed } = await command(world, doctor);
    expect(status).toBe(1);
    expect(printed).toMatch(says);
  });

  test("history lists what was replaced; restore shows a plan, then brings it back with one restart", async () => {
    const { printed } = await command(world, history);
    const earlier = printed.split("\n").find((line) => line.includes("1.0.0"));
    const digest = /[0-9a-f]{12}/.exec(earlier ?? "")?.[0] ?? "";
    expect(digest).not.toBe("");
    expect(await world.cost(async () => expect(await command(world, restore, digest)).toMatchObject({ status: 0 }))).toEqual(nothing);
    const { restarts } = await world.cost(async () => expect(await command(world, restore, digest, "--yes")).toMatchObject({ status: 0 }));
    expect(restarts).toBe(1);
    expect(await world.loaded()).toEqual([["a_jdbc 1.0.0"], ["a_jdbc 1.0.0"]]);
    // The program wants the later one still: an ordinary drift.
    await world.stack().refresh();
    expect(await world.stack().up(world.program({ a: a2 }))).toMatchObject({ errors: [] });
    expect(await world.loaded()).toEqual([["a_jdbc 1.1.0"], ["a_jdbc 1.1.0"]]);
  });
});

describe("the lock of a server on Windows nodes", () => {
  let world: World;
  let a1: string, b1: string;
  beforeAll(async () => {
    world = await World.start({ platform: "windows", nodes: 1 });
    [a1, b1] = [world.package("a_jdbc", "1.0.0"), world.package("b_jdbc", "1.0.0")];
  });
  afterAll(() => world.stop());

  test("two ups of two stacks: one waits and is told for whom, then hears who owns the server", async () => {
    const both = await Promise.all([world.stack("left").up(world.program({ a: a1 })), world.stack("right").up(world.program({ b: b1 }))]);
    expect(both.flatMap(({ errors }) => errors)).toEqual([expect.stringMatching(/belong to the stack test\/(left|right)/)]);
    const winner = both[0].errors.length === 0 ? ["a_jdbc 1.0.0"] : ["b_jdbc 1.0.0"];
    expect(await world.loaded()).toEqual([winner]);
    expect(world.said.some((line) => line.includes("wait for the lock"))).toBe(true);
    for (const name of ["left", "right"]) expect(await world.stack(name).destroy()).toMatchObject({ errors: [] });
  });

  test("two ups of one stack: both end right, with one restart between them", async () => {
    const cost = await world.cost(async () => {
      const twice = await Promise.all([1, 2].map(() => world.stack("left").up(world.program({ a: a1 }))));
      expect(twice.flatMap(({ errors }) => errors)).toEqual([]);
    });
    expect(cost).toMatchObject({ restarts: 1 });
    expect(await world.loaded()).toEqual([["a_jdbc 1.0.0"]]);
  });
});

test("a password of tsm on Windows nodes: it is carried on standard input and seen nowhere else", async () => {
  const password = `Pass"word-${randomUUID()}`;
  const world = await World.start({ platform: "windows", nodes: 1, account: { username: "admin", password } });
  try {
    await world.cluster.fault("not-authorised");
    const base = world.program({ a: world.package("a_jdbc", "1.0.0") });
    const program = { ...base, server: { ...base.server, tsm: { username: "admin" } }, tsmPassword: password };
    expect(await world.stack().up(program)).toMatchObject({ errors: [] });
    expect(await world.loaded()).toEqual([["a_jdbc 1.0.0"]]);
    const state = await world.cluster.state();
    expect(state.calls.some(({ stdin }) => stdin === "carried")).toBe(true);
    const wrong = { ...program, tsmPassword: `${password}x` };
    const { errors } = await world.stack().up({ ...wrong, config: { ...wrong.config, disableVerifyConnectorPluginSignature: true } });
    expect(errors).toEqual([expect.stringMatching(/login|logged in|password/i)]);
    const told = JSON.stringify([await world.cluster.state(), world.said, world.pool.ran, errors]);
    for (const marker of [password, password.replaceAll('"', '\\"')]) expect(told).not.toContain(JSON.stringify(marker).slice(1, -1));
  } finally {
    await world.stop();
  }
});
