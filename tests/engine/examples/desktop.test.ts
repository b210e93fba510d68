import { appendFileSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeTaco, startDesktop, type Desktop } from "../../../simulator";
import { testEachWay } from "../support";
import { Example } from "./support";

const loads = async (desktop: Desktop): Promise<string[]> =>
  (await desktop.launch()).loaded.map(({ class: name, pluginVersion }) => `${name} ${pluginVersion}`);

testEachWay("desktop: placed on three systems, drift seen and mended, a launcher kept, all taken away", async (through) => {
  const example = new Example("desktop");
  const desktops: Desktop[] = [];
  try {
    for (const [name, platform] of [
      ["anna", "macos"],
      ["berta", "windows"],
      ["bridge", "linux"],
    ] as const) {
      desktops.push(await startDesktop({ directory: join(example.project.directory, ".machines", name), name, platform }));
    }
    mkdirSync(join(example.project.directory, "connectors"));
    writeFileSync(
      join(example.project.directory, "connectors/clickhouse_jdbc.taco"),
      makeTaco({ class: "clickhouse_jdbc", pluginVersion: "1.0.0" }),
    );
    const config = {
      machines: { value: JSON.stringify(desktops.map(({ machine }) => machine)), secret: true },
      names: { value: JSON.stringify(desktops.map(({ machine }) => machine.name)) },
    };
    const stack = example.project.stack("office", { through, config });
    await stack.preview();
    expect(desktops.map((desktop) => desktop.executions())).toEqual([0, 0, 0]);
    await stack.up();
    expect(stack.outputs()).toMatchObject({
      placed: desktops.map(({ machine, places }) => ({ name: machine.name, folder: places.connectors })),
    });
    for (const desktop of desktops) expect(await loads(desktop)).toEqual(["clickhouse_jdbc 1.0.0"]);
    for (const { realPath, places } of desktops.map((desktop) => ({
      places: desktop.places,
      realPath: (path: string) => desktop.realPath(path),
    }))) {
      appendFileSync(realPath(`${places.connectors}/clickhouse_jdbc.taco`), "tampered");
    }
    await stack.preview({ refresh: true, expectNoChanges: true, exitCode: 7 });
    stack.config = {
      ...config,
      developer: { value: JSON.stringify({ index: 0, platform: "macos", version: "2024.2", folder: "/Users/anna/c" }) },
    };
    await stack.up({ refresh: true });
    for (const desktop of desktops) expect(await loads(desktop)).toEqual(["clickhouse_jdbc 1.0.0"]);
    const launcher = desktops[0]?.realPath("/Users/anna/Desktop/Tableau Desktop for connectors.command") ?? "";
    expect(existsSync(launcher)).toBe(true);
    await stack.preview({ refresh: true, expectNoChanges: true, exitCode: 0 });
    await stack.destroy();
    for (const desktop of desktops) expect(await loads(desktop)).toEqual([]);
    expect(existsSync(launcher)).toBe(false);
  } finally {
    for (const desktop of desktops) await desktop.stop();
    await example.remove();
  }
});
