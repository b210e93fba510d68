#!/usr/bin/env node
// Connectors go live on a simulated three-node Tableau Server, through the real Pulumi engine, step by step. After each
// step the cluster's own count of restarts, and what its nodes have loaded, is compared with what is expected.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { ensureEngine } from "./engine.mjs";
import { chooseCluster } from "./demo/choose-cluster.mjs";
import { demoSteps } from "./demo/steps.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const require = createRequire(import.meta.url);
const { values } = parseArgs({
  options: {
    login: { type: "string" },
    transport: { type: "string" },
    nodes: { type: "string" },
    switch: { type: "string", multiple: true, default: [] },
    keep: { type: "boolean", default: false },
  },
});

const bold = (text) => (process.stdout.isTTY ? `\u001b[1m${text}\u001b[0m` : text);
const say = (text) => process.stdout.write(`${text}\n`);

process.exitCode = await main();

async function main() {
  const engine = await ensureEngine({ say });
  process.env.PATH = [...engine.path, dirname(process.execPath), process.env.PATH].join(":");
  mkdirSync(join(root, ".work"), { recursive: true });
  const directory = mkdtempSync(join(root, ".work", "demo-"));
  const { availableIsolation, startCluster } = require("../dist/simulator");
  const cluster = await startCluster({
    directory: join(directory, "cluster"),
    name: "demo",
    ...chooseCluster(values, availableIsolation()),
    switches: Object.fromEntries(values.switch.map((one) => one.split("="))),
  });
  try {
    say(bold(`A Tableau Server of ${cluster.nodes.length} nodes is simulated: ${cluster.nodes.map(addressOf).join(", ")}.`));
    return await runSteps(cluster, await makeStack(cluster, directory));
  } finally {
    await cluster.stop();
    if (!values.keep) rmSync(directory, { recursive: true, force: true });
  }
}

function addressOf({ name, connection }) {
  return connection === undefined ? `${name} (this machine)` : `${name} (ssh ${connection.user}@${connection.host} -p ${connection.port})`;
}

async function runSteps(cluster, stage) {
  const wrong = [];
  let number = 0;
  for (const step of demoSteps) {
    number += 1;
    say(`\n${bold(`Step ${number} of ${demoSteps.length}: ${step.title}`)}\n$ ${step.command}\n`);
    const before = await cluster.state();
    const problems = await step.run(stage);
    const after = await cluster.state();
    const differences = [...problems, ...compare(step, before, after)];
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
async function makeStack(cluster, directory) {
  const { LocalWorkspace } = require("@pulumi/pulumi/automation");
  const { ConnectorDeployment } = require("pulumi-tableau");
  const { makeTaco, tamper } = require("../dist/simulator");
  const state = join(directory, "state");
  mkdirSync(state);
  const wanted = new Map();
  const program = () => {
    const connectors = Object.fromEntries([...wanted].map(([name, source]) => [name, { source }]));
    const deployment = new ConnectorDeployment("demo", { server: cluster.server, connectors });
    return Promise.resolve({ running: deployment.running });
  };
  const stack = await LocalWorkspace.createOrSelectStack(
    { stackName: "demo", projectName: "demo", program: () => program() },
    {
      workDir: directory,
      envVars: {
        PULUMI_BACKEND_URL: `file://${state}`,
        PULUMI_CONFIG_PASSPHRASE: "demo",
        PULUMI_HOME: join(directory, "home"),
        PULUMI_TABLEAU_CACHE: join(directory, "cache"),
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        PATH: process.env.PATH,
      },
    },
  );
  const output = {
    onOutput: (text) => process.stdout.write(text),
    color: process.stdout.isTTY ? "always" : "never",
    suppressProgress: !process.stdout.isTTY,
  };
  return {
    cluster,
    wanted,
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
    up: (options = {}) => stack.up({ ...output, ...options }),
    preview: (options = {}) => stack.preview({ ...output, ...options }),
    refresh: (options = {}) => stack.refresh({ ...output, ...options }),
    destroy: (options = {}) => stack.destroy({ ...output, ...options }),
  };
}
