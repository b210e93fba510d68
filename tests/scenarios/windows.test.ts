import { cpSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Program } from "./support/program";
import { nothing, World } from "./support";

describe("a server on Windows", () => {
  let world: World;
  let a1: string, a2: string, b1: string;
  beforeAll(async () => {
    world = await World.start({ platform: "windows", nodes: 1 });
    [a1, a2, b1] = [world.package("a_jdbc", "1.0.0"), world.package("a_jdbc", "1.1.0"), world.package("b_jdbc", "1.0.0")];
  });
  afterAll(() => world.stop());
  afterEach(async () => {
    await world.cluster.clearFaults();
    expect(await world.stack().destroy()).toMatchObject({ errors: [] });
    expect((await world.cluster.state()).pending).toEqual({});
  });

  const program = (
    connectors: Readonly<Record<string, string>>,
    config: Program["config"] = {},
    server: Partial<Omit<Program["server"], "platform">> & { readonly platform?: "linux" | "windows" } = {},
  ): Program => {
    const made = world.program(connectors, config);
    return { ...made, server: { ...made.server, platform: "windows", ...server } };
  };
  const up = async (...parts: Parameters<typeof program>): ReturnType<World["cost"]> => await world.up(program(...parts));

  test("the sequence of a deployment: deliver and switch, nothing, one connector changed, drift, and everything away", async () => {
    expect(await up({ a: a1, b: b1 })).toMatchObject({ restarts: 1, applies: 0, calls: ["restart"] });
    expect(await world.loaded()).toEqual([["a_jdbc 1.0.0", "b_jdbc 1.0.0"]]);
    expect(await up({ a: a1, b: b1 })).toEqual(nothing);
    expect(await world.cost(() => world.stack().refresh())).toEqual(nothing);
    expect(await up({ a: a2, b: b1 })).toMatchObject({ restarts: 1, applies: 0 });
    expect(await world.loaded()).toEqual([["a_jdbc 1.1.0", "b_jdbc 1.0.0"]]);
    expect(await world.leftovers()).toEqual([]);
    rmSync(world.livePath("node1", "b_jdbc.taco"));
    await world.stack().refresh();
    expect(await up({ a: a2, b: b1 })).toMatchObject({ restarts: 1 });
    expect(Object.keys((await world.live())[0] ?? {}).sort()).toEqual(["a_jdbc.taco", "b_jdbc.taco"]);
    expect(await world.cost(() => world.stack().destroy())).toMatchObject({ restarts: 1 });
    expect(await world.live()).toEqual([{}]);
  });

  test("another folder goes into the key with forward slashes, and its spelling is no change", async () => {
    const folder = { connectorsDirectory: "C:\\Tableau Connectors" };
    expect(await up({ a: a1 }, {}, folder)).toMatchObject({ applies: 1 });
    expect((await world.cluster.state()).applied).toMatchObject({ "native_api.connect_plugins_path": "C:/Tableau Connectors" });
    expect(await up({ a: a1 }, {}, folder)).toEqual(nothing);
    expect(await up({ a: a1 }, {}, { connectorsDirectory: "c:/tableau connectors/" })).toEqual(nothing);
  });

  test("a file of the same bytes that came after the start is adopted with a restart, under whatever capitals", async () => {
    writeFileSync(world.livePath("node1", "A_JDBC.taco"), readFileSync(a1));
    expect(await up({ a: a1 })).toMatchObject({ restarts: 1 });
    expect(await up({ a: a1 })).toEqual(nothing);
  });

  describe("files that lay there when the server started", () => {
    // As a copy by `robocopy` or from an archive has it: an old time, whenever it came.
    const age = (...paths: readonly string[]): void => {
      for (const path of paths) utimesSync(path, 1_700_000_000, 1_700_000_000);
    };
    const put = (): string => {
      const path = world.livePath("node1", "a_jdbc.taco");
      writeFileSync(path, readFileSync(a1));
      return path;
    };
    beforeEach(async () => {
      const path = put();
      age(path, dirname(path), dirname(dirname(path)));
      await world.cluster.stopServer();
      await world.cluster.startServer();
    });

    test("are adopted without a restart, and what changes later restarts it", async () => {
      expect(await up({ a: a1 })).toMatchObject({ restarts: 0, applies: 0 });
      expect(await world.loaded()).toEqual([["a_jdbc 1.0.0"]]);
      expect(await up({ a: a1 })).toEqual(nothing);
      await world.stack().refresh();
      expect(await up({ a: a1 })).toEqual(nothing);
      // From now on there is a record, beside which such times say nothing.
      writeFileSync(world.livePath("node1", "a_jdbc.taco"), readFileSync(a2));
      await world.stack().refresh();
      expect(await up({ a: a1 })).toMatchObject({ restarts: 1 });
    });

    test("are adopted with a restart where one was put there again since, with its old time", async () => {
      const path = world.livePath("node1", "a_jdbc.taco");
      rmSync(path);
      put();
      age(path, dirname(dirname(path)));
      expect(await up({ a: a1 })).toMatchObject({ restarts: 1 });
      expect(await up({ a: a1 })).toEqual(nothing);
    });

    test("are adopted with a restart where their folder took the place of another since", async () => {
      const folder = dirname(world.livePath("node1", "a_jdbc.taco"));
      cpSync(folder, `${folder}.new`, { recursive: true });
      rmSync(folder, { recursive: true });
      renameSync(`${folder}.new`, folder);
      age(world.livePath("node1", "a_jdbc.taco"), folder);
      expect(await up({ a: a1 })).toMatchObject({ restarts: 1 });
      expect(await up({ a: a1 })).toEqual(nothing);
    });

    test("are adopted with a restart where no process can be seen, and what a machine prints at every command is not read", async () => {
      await world.cluster.fault("noisy-login");
      await world.cluster.switch("processList", "blocked");
      expect(await up({ a: a1 })).toMatchObject({ restarts: 1 });
      expect(await up({ a: a1 })).toEqual(nothing);
      await world.stack().refresh();
      expect(await up({ a: a1 })).toEqual(nothing);
      await world.cluster.switch("processList", "whole");
    });
  });

  test("a live file that the server keeps open is named, and nothing changes; where it may be renamed, it is switched", async () => {
    await world.cluster.switch("openPackages", "locked");
    await up({ a: a1 });
    const { errors } = await world.stack().up(program({ a: a2 }));
    expect(errors.join()).toMatch(/a_jdbc\.taco: a program holds it open/);
    expect(await world.loaded()).toEqual([["a_jdbc 1.0.0"]]);
    await world.cluster.switch("openPackages", "renamable");
    await world.cluster.stopServer();
    await world.cluster.startServer();
    expect(await up({ a: a2 })).toMatchObject({ restarts: 1 });
    expect(await world.loaded()).toEqual([["a_jdbc 1.1.0"]]);
    await world.cluster.switch("openPackages", "closed");
    await world.cluster.stopServer();
    await world.cluster.startServer();
  });

  test("a program that takes the nodes for Linux is refused", async () => {
    const { errors } = await world.stack("other").up(program({ a: a1 }, {}, { platform: "linux" }));
    expect(errors.join()).toMatch(/platform: "windows"/);
  });
});
