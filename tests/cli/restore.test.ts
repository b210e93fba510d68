import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../../provider/cli/command";
import { restore } from "../../provider/cli/restore";
import { nothing, World } from "../scenarios/support";

jest.setTimeout(120_000);

// Each would be a part of a path on every node.
const names = [
  "../outside.taco",
  "../../../outside.taco",
  "/outside.taco",
  "deeper/outside.taco",
  "..",
  ".hidden.taco",
  ".taco",
  "",
  "a.jar",
  "a.taco.part",
  "a\u001b[2K.taco",
  "a\u202ecat.taco",
  `${"a".repeat(251)}.taco`,
].map((name) => [JSON.stringify(name).slice(0, 32), name] as const);

describe("the name under which restore puts a package among the live files", () => {
  let world: World;
  let serverFile: string;
  let earlier: string;
  beforeAll(async () => {
    world = await World.start({ nodes: 1 });
    serverFile = join(world.folder, "server.json");
    writeFileSync(serverFile, JSON.stringify(world.cluster.server));
    for (const version of ["1.0.0", "2.0.0"]) {
      expect(await world.stack().up(world.program({ a: world.package("a_jdbc", version) }))).toMatchObject({ errors: [] });
    }
    earlier =
      readdirSync(store())
        .find((file) => readInfo(file).includes("1.0.0"))
        ?.slice(0, 64) ?? "";
  });
  afterAll(() => world.stop());

  const store = (): string => world.cluster.nodePath("node1", `${world.cluster.paths.state}/store`);
  const readInfo = (file: string): string => (file.endsWith(".info") ? readFileSync(join(store(), file), "utf8") : "");
  const live = (): string[] => readdirSync(world.livePath("node1", ".")).sort();
  const run = async (...args: readonly string[]): Promise<{ status: number; printed: string }> => {
    const printed: string[] = [];
    const note = (text: string): void => void printed.push(text);
    const status = await restore.run([earlier.slice(0, 12), "--yes", ...args, "--server-file", serverFile], { out: note, err: note });
    return { status, printed: printed.join("") };
  };
  /** What a run has done beside refusing the name. */
  const refusal = async (...args: readonly string[]): Promise<unknown> => {
    const before = live();
    let refused: unknown;
    const cost = await world.cost(async () => {
      refused = await run(...args).catch((error: unknown) => error);
    });
    expect({ cost, live: live() }).toEqual({ cost: nothing, live: before });
    for (const path of ["../outside.taco", "../../outside.taco", "../../../outside.taco", "deeper"]) {
      expect(existsSync(world.livePath("node1", path))).toBe(false);
    }
    return refused;
  };

  test.each(names)("is not %s, as the store of a node tells it", async (_shown, name) => {
    writeFileSync(join(store(), `${earlier}.info`), `a_jdbc\n1.0.0\n${name}\n`);
    const refused = await refusal();
    expect(refused).toBeInstanceOf(UsageError);
    expect(String(refused)).toContain("--as NAME.taco");
  });

  test.each(names)("is not %s, as it is given", async (_shown, name) => {
    expect(await refusal("--as", name)).toBeInstanceOf(UsageError);
  });

  test("is any other", async () => {
    expect(await run("--as", "restored (1).taco")).toMatchObject({ status: 0 });
    expect(live()).toContain("restored (1).taco");
  });
});
