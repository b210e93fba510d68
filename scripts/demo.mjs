#!/usr/bin/env node
// Connectors go live on a simulated three-node Tableau Server, through the real Pulumi engine, step by step. After each
// step the cluster's own count of restarts, and what its nodes have loaded, is compared with what is expected.
// `--scenario windows` does the same on Windows nodes, `--scenario versions` on one release of each kind, in short;
// `--scenario desktop` on machines of people.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { ensureEngine } from "./engine.mjs";
import { chooseCluster } from "./demo/choose-cluster.mjs";
import { runDesktopDemo } from "./demo/desktop.mjs";
import { openStack } from "./demo/open-stack.mjs";
import { demoSteps } from "./demo/steps.mjs";
import { runMain } from "./run-main.cjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const require = createRequire(import.meta.url);
const versions = ["2019.4", "2020.4", "2021.1", "2021.2", "2022.2", "2024.2", "2025.1"];

const bold = (text) => (process.stdout.isTTY ? `\u001b[1m${text}\u001b[0m` : text);
const say = (text) => void process.stdout.write(`${text}\n`);

const usage = `npm run demo -- [options]
  --scenario one|windows|versions|desktop   what to show (default: one, a cluster of Linux nodes)
  --nodes N                                 so many nodes (default: 3)
  --login sudo|root|tsmadmin                who logs in (default: what this machine allows)
  --transport openssh|builtin|local         how nodes are reached (default: what this machine allows)
  --switch NAME=SETTING                     a behaviour of tsm that no source settles; may be repeated
  --keep                                    leave the simulated nodes' folders behind`;

const scenarios = {
  one: (directory) => onCluster(directory, {}, runSteps),
  windows: (directory) => onCluster(directory, windowsNodes(), runSteps),
  versions: (directory) => runVersions(directory),
  desktop: (directory) => runDesktopDemo({ directory, say, bold }),
};

const values = readOptions();
await runMain(() => {
  if (values === undefined) return 2;
  return values.help ? say(usage) : main(scenarios[values.scenario]);
});

function readOptions() {
  const text = { type: "string" };
  const flag = { type: "boolean", default: false };
  try {
    const { values: given } = parseArgs({
      options: {
        login: text,
        transport: text,
        nodes: text,
        switch: { ...text, multiple: true, default: [] },
        scenario: { ...text, default: "one" },
        keep: flag,
        help: flag,
      },
    });
    if (!(given.scenario in scenarios)) throw new Error(`There is no scenario "${given.scenario}".`);
    return given;
  } catch (error) {
    console.error(`${error.message}\n\n${usage}`);
    return undefined;
  }
}

async function main(show) {
  const engine = await ensureEngine({ say });
  process.env.PATH = [...engine.path, dirname(process.execPath), process.env.PATH].join(":");
  mkdirSync(join(root, ".work"), { recursive: true });
  const directory = mkdtempSync(join(root, ".work", "demo-"));
  try {
    return await show(directory);
  } finally {
    if (!values.keep) rmSync(directory, { recursive: true, force: true });
  }
}

async function onCluster(directory, options, run) {
  const { availableIsolation, startCluster } = require("../dist/simulator");
  const cluster = await startCluster({
    directory: join(directory, "cluster"),
    name: "demo",
    ...chooseCluster(values, availableIsolation()),
    switches: Object.fromEntries(values.switch.map((one) => one.split("="))),
    ...options,
  });
  try {
    return await run(cluster, directory);
  } finally {
    await cluster.stop();
  }
}

// Windows nodes are simulated within this process, whatever this machine allows.
function windowsNodes() {
  return { platform: "windows", transport: "builtin", login: "root", nodes: Number(values.nodes ?? 3) };
}

async function runVersions(directory) {
  const wrong = [];
  for (const version of versions) {
    const inside = join(directory, version);
    mkdirSync(inside);
    wrong.push(...(await onCluster(inside, { version, ...(values.nodes === undefined ? { nodes: 1 } : {}) }, runShort)));
  }
  say(`\n${bold(wrong.length === 0 ? `All ${demoSteps.length} steps went as expected on ${versions.join(", ")}.` : wrong.join("\n"))}`);
  return wrong.length === 0 ? 0 : 1;
}

async function runShort(cluster, directory) {
  const stage = await makeStack(cluster, directory, "quiet");
  const wrong = [];
  let version;
  for (const step of demoSteps) {
    const { before, after, differences } = await runStep(cluster, stage, step);
    if (version === undefined) say(`\n${bold(`Tableau Server ${after.version}`)}`);
    version = after.version;
    const restarts = `${after.restarts - before.restarts} restart${after.restarts - before.restarts === 1 ? "" : "s"}`;
    say(`  ${restarts}, loaded ${after.nodes.map((node) => loadedBy(node) || "nothing").join(" | ")}: ${titleOf(step, stage)}`);
    for (const difference of differences) say(`  NOT AS EXPECTED: ${difference}`);
    wrong.push(...differences.map((difference) => `${version}: ${step.title} ${difference}`));
  }
  const path = (await cluster.state()).applied["native_api.connect_plugins_path"];
  if (path !== undefined) wrong.push(`${version}: the path key is still ${path}`);
  return wrong;
}

function titleOf(step, stage) {
  return stage.verifies === "nothing" ? (step.titleBeforeSignatures ?? step.title) : step.title;
}

async function runStep(cluster, stage, step) {
  const before = await cluster.state();
  const problems = await step.run(stage);
  const after = await cluster.state();
  return { before, after, differences: [...problems, ...compare(step, before, after)] };
}

function addressOf({ name, connection }) {
  return connection === undefined ? `${name} (this machine)` : `${name} (ssh ${connection.user}@${connection.host} -p ${connection.port})`;
}

async function runSteps(cluster, directory) {
  say(bold(`A Tableau Server of ${cluster.nodes.length} nodes is simulated: ${cluster.nodes.map(addressOf).join(", ")}.`));
  const stage = await makeStack(cluster, directory, "told");
  const wrong = [];
  let number = 0;
  for (const step of demoSteps) {
    number += 1;
    say(`\n${bold(`Step ${number} of ${demoSteps.length}: ${step.title}`)}\n$ ${step.command}\n`);
    const { before, after, differences } = await runStep(cluster, stage, step);
    say(
      `\n${differences.length === 0 ? "as expected" : `NOT AS EXPECTED: ${differences.join("; ")}`}: ${restartsOf(step, before, after)}; ${loadedOf(after)}`,
    );
    wrong.push(...differences.map((difference) => `step ${number}: ${difference}`));
  }
  say(`\n${bold(wrong.length === 0 ? `All ${demoSteps.length} steps went as expected.` : wrong.join("\n"))}`);
  return wrong.length === 0 ? 0 : 1;
}

function compare(step, before, after) {
  const restarts = after.restarts - before.restarts;
  const wanted = [...step.loaded].sort().join(", ");
  return [
    ...(restarts === step.restarts ? [] : [`${restarts} restarts instead of ${step.restarts}`]),
    ...after.nodes
      .filter((node) => loadedBy(node) !== wanted)
      .map((node) => `${node.name} has loaded ${loadedBy(node) || "nothing"} instead of ${wanted || "nothing"}`),
  ];
}

function restartsOf(step, before, after) {
  return `restarts of the server in this step ${after.restarts - before.restarts} (expected ${step.restarts})`;
}

function loadedOf(state) {
  return `loaded: ${state.nodes.map((node) => `${node.name} ${loadedBy(node) || "nothing"}`).join(" | ")}`;
}

function loadedBy(node) {
  return [...new Set(node.loaded.map((one) => `${one.class} ${one.pluginVersion}`))].sort().join(", ");
}

/** The demo's program, as a user would write it, and the operations on its stack. */
async function makeStack(cluster, directory, voice) {
  const { ConnectorDeployment } = require("pulumi-tableau");
  const { makeTaco, tamper } = require("../dist/simulator");
  const wanted = new Map();
  const program = () => {
    const connectors = Object.fromEntries([...wanted].map(([name, source]) => [name, { source }]));
    const deployment = new ConnectorDeployment("demo", { server: cluster.server, connectors });
    return Promise.resolve({ running: deployment.running });
  };
  const stack = await openStack(directory, "demo", () => program(), voice);
  const { version } = await cluster.state();
  return {
    cluster,
    wanted,
    // https://help.tableau.com: the server verifies signatures from 2020.1 on.
    verifies: Number(version.slice(0, 4)) >= 2020 ? "signatures" : "nothing",
    package: (pluginClass, pluginVersion) => {
      const path = join(directory, `${pluginClass}.taco`);
      writeFileSync(path, makeTaco({ class: pluginClass, pluginVersion }));
      return path;
    },
    tampered: (pluginClass, pluginVersion) => {
      const path = join(directory, `${pluginClass}-tampered.taco`);
      writeFileSync(path, tamper(makeTaco({ class: pluginClass, pluginVersion })));
      return path;
    },
    ...stack,
  };
}
