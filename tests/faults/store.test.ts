import { appendFileSync, existsSync, readFileSync, rmSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CliCommand } from "../../provider/cli/command";
import { history } from "../../provider/cli/history";
import { restore } from "../../provider/cli/restore";
import { nothing, World } from "../scenarios/support";
import { reportRow } from "./support";
import { digestOf, filesOf } from "./support/watch-live";

describe("the store and the record", () => {
  let world: World;
  let serverFile: string;
  let cases = 0;
  beforeAll(async () => {
    world = await World.start();
    serverFile = join(world.folder, "server.json");
    writeFileSync(serverFile, JSON.stringify(world.cluster.server));
  });
  afterAll(async () => {
    reportRow({ part: "store and record", what: "bounds, damage, history", ran: cases, of: 8, failed: 0 });
    await world.stop();
  });
  afterEach(() => (cases += 1));

  const store = (node: string): string => world.cluster.nodePath(node, `${world.cluster.paths.state}/store`);
  const packagesIn = (node: string): string[] => filesOf(store(node)).filter((file) => file.length === 64);
  const command = async (cli: CliCommand, ...args: string[]): Promise<{ status: number; printed: string }> => {
    const printed: string[] = [];
    const note = (text: string): void => void printed.push(text);
    const status = await cli.run([...args, "--server-file", serverFile], { out: note, err: note });
    return { status, printed: printed.join("") };
  };
  const digestOfPackage = (path: string): string => digestOf(readFileSync(path));
  const up = async (connectors: Readonly<Record<string, string>>): Promise<void> => {
    expect(await world.stack().up(world.program(connectors))).toMatchObject({ errors: [] });
  };

  test("keeps the last versions of a class and no more, once they are a day old", async () => {
    for (let version = 0; version < 10; version += 1) {
      await up({ a: world.package("a_jdbc", `1.${String(version)}.0`) });
      const old = new Date(Date.now() - (100 - version) * 3_600_000);
      for (const node of ["node1", "node2"]) for (const file of packagesIn(node)) utimesSync(join(store(node), file), old, old);
    }
    await up({ a: world.package("a_jdbc", "2.0.0") });
    expect(packagesIn("node1")).toHaveLength(6);
    expect(packagesIn("node2").sort()).toEqual(packagesIn("node1").sort());
    expect(filesOf(store("node1"))).toHaveLength(12);
  });

  test.each(["a flipped bit", "a cut file", "no file"])(
    "%s in the store: a refresh sees it, the next up heals it without a restart",
    async (how) => {
      const path = world.package("a_jdbc", "3.0.0");
      await up({ a: path });
      const stored = join(store("node2"), digestOfPackage(path));
      if (how === "no file") rmSync(stored);
      else if (how === "a cut file") truncateSync(stored, 100);
      else flipBit(stored);
      const stack = world.stack();
      expect(await stack.refresh()).toMatchObject({ errors: [], steps: { a: "refresh" } });
      const cost = await world.cost(() => up({ a: path }));
      expect(cost).toMatchObject({ restarts: 0, applies: 0 });
      expect(digestOf(readFileSync(stored))).toBe(digestOfPackage(path));
    },
  );

  test("a live file is not given up for a damaged copy in the store", async () => {
    const [old, next] = [world.package("a_jdbc", "4.0.0"), world.package("a_jdbc", "4.1.0")];
    await up({ a: old });
    for (const node of ["node1", "node2"]) flipBit(join(store(node), digestOfPackage(old)));
    await up({ a: next });
    for (const node of ["node1", "node2"]) {
      expect(digestOf(readFileSync(join(store(node), digestOfPackage(old))))).toBe(digestOfPackage(old));
    }
  });

  test("files of interrupted runs go when they are old, and are never in the way", async () => {
    const [one, two] = [world.package("a_jdbc", "5.0.0"), world.package("a_jdbc", "5.1.0")];
    await up({ a: one });
    const state = world.cluster.nodePath("node1", world.cluster.paths.state);
    const live = world.cluster.nodePath("node1", world.cluster.paths.connectors);
    const stale = [
      join(state, "store", ".incoming.dead.1"),
      join(state, "record.json.part.7"),
      join(live, `.pulumi-tableau.${digestOfPackage(one)}.part`),
    ];
    const lastWeek = new Date(Date.now() - 7 * 24 * 3_600_000);
    for (const path of stale) writeFileSync(path, "half");
    for (const path of stale) utimesSync(path, lastWeek, lastWeek);
    const young = join(state, "store", ".incoming.young.2");
    writeFileSync(young, "half");
    await up({ a: two });
    expect(stale.filter((path) => existsSync(path))).toEqual([]);
    expect(existsSync(young)).toBe(true);
    rmSync(young);
  });

  test("a damaged record is an error that tells the way out, and that way works", async () => {
    const path = world.package("a_jdbc", "6.0.0");
    await up({ a: path });
    const record = world.cluster.nodePath("node1", `${world.cluster.paths.state}/record.json`);
    const text = readFileSync(record, "utf8");
    // A person can read it.
    expect(text).toMatch(/^\{\n {2}"schemaVersion": 1,\n/);
    truncateSync(record, 100);
    const other = world.package("a_jdbc", "6.1.0");
    const before = await world.live();
    const refused = await world.cost(async () => {
      const { errors } = await world.stack().up(world.program({ a: other }));
      expect(errors).toEqual([expect.stringMatching(/\[node1\].*record\.json.*move it away and run `pulumi up` with takeOver: true/)]);
    });
    expect(refused).toMatchObject({ restarts: 0, calls: [] });
    expect(await world.live()).toEqual(before);
    rmSync(record);
    expect(await world.stack().up(world.program({ a: other }, { takeOver: true, overwriteUnmanaged: true }))).toMatchObject({ errors: [] });
    expect(await world.loaded()).toEqual([["a_jdbc 6.1.0"], ["a_jdbc 6.1.0"]]);
  });

  test("history lists what was replaced, also what somebody else had put there; restore shows a plan, then brings it back", async () => {
    const path = world.package("h_jdbc", "1.0.0");
    const live = ["node1", "node2"].map((node) => world.livePath(node, "h_jdbc.taco"));
    // Somebody else's own version, which a program that says so replaces.
    const theirs = readFileSync(world.package("h_jdbc", "0.9.0"));
    for (const file of live) writeFileSync(file, theirs);
    expect(await world.stack().up(world.program({ a: path }, { overwriteUnmanaged: true, takeOver: true }))).toMatchObject({ errors: [] });
    const sha256 = digestOf(theirs);
    const listed = await command(history);
    expect(listed.status).toBe(0);
    expect(listed.printed).toContain(sha256.slice(0, 12));
    expect(listed.printed).toMatch(/h_jdbc\.taco.*live on node1, node2/);

    const shown = await world.cost(async () => {
      const { status, printed } = await command(restore, sha256.slice(0, 12));
      expect(status).toBe(0);
      expect(printed).toMatch(/h_jdbc\.taco.*\n.*h_jdbc\.taco[\s\S]*restart[\s\S]*Nothing was changed/);
    });
    expect(shown).toEqual(nothing);
    const restored = await world.cost(async () =>
      expect(await command(restore, sha256.slice(0, 12), "--yes")).toMatchObject({ status: 0 }),
    );
    expect(restored.restarts).toBe(1);
    for (const file of live) expect(digestOf(readFileSync(file))).toBe(sha256);
    expect((await world.loaded()).flat()).toContain("h_jdbc 0.9.0");

    const copy = join(world.folder, "back.taco");
    expect(await command(restore, digestOfPackage(path).slice(0, 16), "--output", copy)).toMatchObject({ status: 0 });
    expect(digestOf(readFileSync(copy))).toBe(digestOfPackage(path));
    appendFileSync(copy, "");

    await world.cluster.fault("restart-fails", "once");
    await expect(command(restore, digestOfPackage(path).slice(0, 12), "--yes")).rejects.toThrow(
      /lies in its place on every node.*`tsm restart` of \S+ failed.*Run `tsm restart` by hand/s,
    );
    for (const file of live) expect(digestOf(readFileSync(file))).toBe(digestOfPackage(path));
    await world.cluster.tsm(["restart"]);
    expect((await world.loaded()).flat()).toContain("h_jdbc 1.0.0");
  });
});

function flipBit(path: string): void {
  const bytes = readFileSync(path);
  bytes.writeUInt8(bytes.readUInt8(50) ^ 1, 50);
  writeFileSync(path, bytes);
}
