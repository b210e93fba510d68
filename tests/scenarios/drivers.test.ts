import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeTaco } from "../../simulator";
import { nothing, type Program, World } from "./support";

const folder = "/opt/tableau/tableau_driver/jdbc";

describe("drivers", () => {
  let world: World;
  let a1: string, a2: string;
  beforeAll(async () => {
    world = await World.start();
    [a1, a2] = [world.package("a_jdbc", "1.0.0"), world.package("a_jdbc", "1.1.0")];
  });
  afterAll(() => world.stop());

  const driver = (version: string): string => {
    const path = join(world.folder, `driver-${version}`, "a.jar");
    mkdirSync(join(path, ".."), { recursive: true });
    writeFileSync(path, makeTaco({ class: "driver", pluginVersion: version, signed: "none" }));
    return path;
  };
  const program = (connector: string, source: string | null, config: Program["config"] = {}): Program => ({
    ...world.program({ a: connector }, config),
    drivers: source === null ? {} : { jdbc: { source } },
  });
  const up = async (wanted: Program): Promise<unknown> => await world.up(wanted);
  const at = (node: string): string => world.cluster.nodePath(node, `${folder}/a.jar`);

  test("go live with their connector in one restart, and alone", async () => {
    const [d1, d2] = [driver("1"), driver("2")];
    expect(await up(program(a1, d1))).toMatchObject({ restarts: 1, applies: 0 });
    for (const node of ["node1", "node2"]) {
      expect(readFileSync(at(node))).toEqual(readFileSync(d1));
      expect(statSync(at(node)).mode & 0o777).toBe(0o644);
    }
    expect(await up(program(a1, d1))).toEqual(nothing);
    expect(await up(program(a1, d2))).toMatchObject({ restarts: 1, applies: 0 });
    expect(await up(program(a2, d1))).toMatchObject({ restarts: 1, applies: 0 });
    expect(await world.cost(() => world.stack().refresh())).toEqual(nothing);
    expect(await up(program(a2, d1))).toEqual(nothing);
  });

  test("that somebody changed or removed are drift, repaired with one restart", async () => {
    const d1 = driver("1");
    appendFileSync(at("node1"), "tampered");
    rmSync(at("node2"));
    expect(await world.stack().refresh()).toMatchObject({ steps: { config: "refresh", jdbc: "same" } });
    world.said.length = 0;
    expect((await world.stack().preview(program(a2, d1))).steps).toMatchObject({ config: "update", jdbc: "same" });
    expect(world.said.join("\n")).toMatch(
      /a\.jar on node1 has digest [0-9a-f]{8}, expected [0-9a-f]{8}; the driver a\.jar is missing on node2\..*restarts \w+ once/,
    );
    expect(await up(program(a2, d1))).toMatchObject({ restarts: 1 });
    expect(readFileSync(at("node1"))).toEqual(readFileSync(d1));
  });

  test("that are dropped are retired to the store, and destroy takes the rest", async () => {
    expect(await up(program(a2, null))).toMatchObject({ restarts: 1 });
    expect([existsSync(at("node1")), existsSync(at("node2"))]).toEqual([false, false]);
    expect(await up(program(a2, driver("1")))).toMatchObject({ restarts: 1 });
    expect(await world.cost(async () => expect(await world.stack().destroy()).toMatchObject({ errors: [] }))).toMatchObject({
      restarts: 1,
    });
    expect([existsSync(at("node1")), existsSync(at("node2"))]).toEqual([false, false]);
    expect(await world.live()).toEqual([{}, {}]);
  });

  test("of somebody else are adopted where they are the same, and else refused", async () => {
    await world.cluster.run("node1", `mkdir -p ${folder}`);
    writeFileSync(at("node1"), "another");
    expect((await world.stack("two").up(program(a1, driver("1")))).errors).toEqual([
      expect.stringMatching(/\[node1\] .*a\.jar cannot be placed: a different file of that name/),
    ]);
    writeFileSync(at("node1"), readFileSync(driver("1")));
    expect(await world.stack("two").up(program(a1, driver("1")))).toMatchObject({ errors: [] });
    await world.stack("two").destroy();
  });

  test.each([
    ["an installer", "psqlodbc.deb", /ODBC driver is installed by its own installer/],
    ["another file", "driver.txt", /expected a name that ends in \.jar/],
  ])("%s is refused in preview", async (_what, fileName, words) => {
    const source = driver("1");
    const wanted = { ...program(a1, source), drivers: { jdbc: { source, fileName } } };
    expect((await world.stack("three").preview(wanted)).errors).toEqual([expect.stringMatching(words)]);
  });

  test("what is pinned to another digest, or is no jar, is refused in preview", async () => {
    const source = driver("1");
    const pinned = { ...program(a1, source), drivers: { jdbc: { source, sha256: "0".repeat(64) } } };
    expect((await world.stack("three").preview(pinned)).errors).toEqual([expect.stringContaining("sha256:")]);
    const page = join(world.folder, "page.jar");
    writeFileSync(page, "<html>");
    expect((await world.stack("three").preview(program(a1, page))).errors).toEqual([expect.stringContaining("is no .jar file")]);
  });
});
