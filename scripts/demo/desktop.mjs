// The demo's sequence on machines of people: a Mac and a Windows machine with Tableau Desktop, a container with Bridge.
import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { done, exitCodeOf, openStack } from "./open-stack.mjs";

const require = createRequire(import.meta.url);
const noChangesExpected = 7;

const machines = [
  { name: "anna", platform: "macos" },
  { name: "berta", platform: "windows", documents: "C:/Users/anna/OneDrive - Example/Documents" },
  { name: "bridge", platform: "linux" },
];

/** Runs the steps and compares what each product loads at its next launch; resolves with the exit code. */
export async function runDesktopDemo({ directory, say, bold }) {
  const { startDesktop } = require("../../dist/simulator");
  const desktops = [];
  try {
    for (const machine of machines) desktops.push(await startDesktop({ ...machine, directory: join(directory, machine.name) }));
    for (const { platform, machine } of desktops)
      say(
        bold(
          `${machine.name}: Tableau ${machine.product} on ${platform} (ssh ${machine.connection.user}@127.0.0.1 -p ${machine.connection.port})`,
        ),
      );
    return await runSteps(desktops, await makeStage(desktops, directory), { say, bold });
  } finally {
    for (const desktop of desktops) await desktop.stop();
  }
}

async function runSteps(desktops, stage, { say, bold }) {
  const wrong = [];
  for (const [index, step] of steps.entries()) {
    say(`\n${bold(`Step ${index + 1} of ${steps.length}: ${step.title}`)}\n$ ${step.command}\n`);
    const problems = await step.run(stage);
    const wanted = [...step.loaded].sort().join(", ");
    for (const desktop of desktops) {
      const { loaded } = await desktop.launch();
      const got = loaded
        .map((one) => `${one.class} ${one.pluginVersion}`)
        .sort()
        .join(", ");
      if (got !== wanted) problems.push(`${desktop.machine.name} loads ${got || "nothing"} instead of ${wanted || "nothing"}`);
    }
    say(
      `\n${problems.length === 0 ? "as expected" : `NOT AS EXPECTED: ${problems.join("; ")}`}: loaded at the next launch: ${wanted || "nothing"}`,
    );
    wrong.push(...problems.map((problem) => `step ${index + 1}: ${problem}`));
  }
  say(`\n${bold(wrong.length === 0 ? `All ${steps.length} steps went as expected.` : wrong.join("\n"))}`);
  return wrong.length === 0 ? 0 : 1;
}

const both = ["clickhouse_jdbc 1.1.0", "duckdb_jdbc 2.0.0"];
const first = ["clickhouse_jdbc 1.0.0", "duckdb_jdbc 2.0.0"];

const steps = [
  {
    title: "what would happen? Nothing is touched.",
    command: "pulumi preview",
    loaded: [],
    run: async (stage) => {
      stage.wanted.set("clickhouse", stage.package("clickhouse_jdbc", "1.0.0"));
      stage.wanted.set("duckdb", stage.package("duckdb_jdbc", "2.0.0"));
      await stage.preview();
      return stage.touched() === 0 ? [] : ["a machine was touched"];
    },
  },
  {
    title: "two connectors are placed on all machines.",
    command: "pulumi up",
    loaded: first,
    run: (stage) => done(stage.up()),
  },
  {
    title: "once more: nothing changed, so nothing happens.",
    command: "pulumi up --expect-no-changes",
    loaded: first,
    run: (stage) => done(stage.up({ expectNoChanges: true })),
  },
  {
    title: "a new version of one connector; the programs are running, and the output says what has to be started again.",
    command: "pulumi up",
    loaded: both,
    run: async (stage) => {
      stage.wanted.set("clickhouse", stage.package("clickhouse_jdbc", "1.1.0"));
      return done(stage.up());
    },
  },
  {
    title: "a package that was changed after it was signed is refused, before any machine is touched.",
    command: "pulumi preview",
    loaded: both,
    run: async (stage) => {
      const good = stage.wanted.get("clickhouse");
      stage.wanted.set("clickhouse", stage.tampered("clickhouse_jdbc", "1.2.0"));
      const code = await exitCodeOf(stage.preview());
      stage.wanted.set("clickhouse", good);
      return code === 0 ? ["the preview accepted the package"] : [];
    },
  },
  {
    title: "somebody tampers with a file on one machine. The gate sees it (exit code 7), and the drift is repaired.",
    command: "pulumi preview --refresh --expect-no-changes; pulumi up --refresh",
    loaded: both,
    run: async (stage) => {
      stage.tamper("duckdb_jdbc.taco");
      const code = await exitCodeOf(stage.preview({ refresh: true, expectNoChanges: true }));
      const problems = code === noChangesExpected ? [] : [`the gate ended with exit code ${code} instead of ${noChangesExpected}`];
      return [...problems, ...(await done(stage.up({ refresh: true })))];
    },
  },
  {
    title: "one connector is dropped, another is added.",
    command: "pulumi up",
    loaded: ["clickhouse_jdbc 1.1.0", "exasol_jdbc 3.0.0"],
    run: async (stage) => {
      stage.wanted.delete("duckdb");
      stage.wanted.set("exasol", stage.package("exasol_jdbc", "3.0.0"));
      return done(stage.up());
    },
  },
  { title: "everything is taken away again.", command: "pulumi destroy", loaded: [], run: (stage) => done(stage.destroy()) },
];

async function makeStage(desktops, directory) {
  const { TableauDesktopConnector } = require("pulumi-tableau");
  const { makeTaco, tamper } = require("../../dist/simulator");
  const wanted = new Map();
  const write = (folder, pluginClass, bytes) => {
    mkdirSync(join(directory, folder), { recursive: true });
    const path = join(directory, folder, `${pluginClass}.taco`);
    writeFileSync(path, bytes);
    return path;
  };
  const program = () => {
    for (const { machine } of desktops)
      for (const [name, source] of wanted) new TableauDesktopConnector(`${machine.name}-${name}`, { machine, source });
    return Promise.resolve({});
  };
  const stack = await openStack(directory, "desktop", program, "told");
  return {
    ...stack,
    wanted,
    touched: () => desktops.reduce((sum, desktop) => sum + desktop.executions(), 0),
    package: (pluginClass, pluginVersion) => write("packages", pluginClass, makeTaco({ class: pluginClass, pluginVersion })),
    tampered: (pluginClass, pluginVersion) => write("tampered", pluginClass, tamper(makeTaco({ class: pluginClass, pluginVersion }))),
    tamper: (fileName) => appendFileSync(desktops[0].realPath(`${desktops[0].places.connectors}/${fileName}`), "tampered"),
  };
}
