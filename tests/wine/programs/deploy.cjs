// Runs under a Windows node.exe: delivers two packages into a store of this machine and switches live files, by the code
// that does it on servers. Prints what came of it.
// usage: node.exe deploy.cjs FOLDER_OF_THE_PROVIDERS_MODULES WORK_FOLDER
const { createHash } = require("node:crypto");
const { mkdirSync, readFileSync, readdirSync } = require("node:fs");
const { join } = require("node:path");
const [, , built, folder] = process.argv;
const { waits } = require(join(built, "host", "limits.js"));
const { localHost } = require(join(built, "host", "local", "local-host.js"));
const { deliverPackage } = require(join(built, "actions", "deliver", "index.js"));
const { stageFiles, switchFiles } = require(join(built, "activation", "switch-files.js"));

const counts = { commands: 0, scripts: 0, bytesSent: 0, bytesReceived: 0, connections: 0, sessions: 0 };
const work = folder.replaceAll("\\", "/");
const [state, live] = [`${work}/state`, `${work}/Connectors`];

async function main() {
  const host = localHost({ name: "here", privilege: "none" }, counts, waits);
  const target = { name: "here", hosts: [host], stateDirectory: state, timeouts: { command: 300, restart: 300, ready: 300 } };
  const [first, second] = ["1.0.0", "1.1.0"].map(packageOf);
  const delivered = [];
  for (const one of [first, first, second]) delivered.push(await deliverPackage(host, one, state, 300));
  mkdirSync(live);
  const names = [];
  const carryOut = async (step) => {
    await stageFiles(target, [step], { nodes: [] });
    await switchFiles(target, [step], { nodes: [] });
    names.push(readdirSync(live));
  };
  const place = (one, was) => ({ kind: "place", node: "here", directory: live, fileName: "a_jdbc.taco", sha256: one.sha256, was });
  await carryOut(place(first, null));
  await carryOut(place(second, first.sha256));
  const contents = readFileSync(join(live, "a_jdbc.taco"), "utf8");
  await carryOut({ kind: "retire", node: "here", directory: live, fileName: "a_jdbc.taco", was: second.sha256 });
  const store = readdirSync(join(state, "store"))
    .filter((name) => !name.endsWith(".info"))
    .sort();
  console.log(JSON.stringify({ delivered, names, contents, store, expected: [first.sha256, second.sha256].sort() }));
}

function packageOf(pluginVersion) {
  const bytes = Buffer.from(`package ${pluginVersion}`);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { sha256, size: bytes.length, pluginClass: "a_jdbc", pluginVersion, fileName: "a_jdbc.taco", bytes: () => Promise.resolve(bytes) };
}

main().catch((error) => {
  console.log(JSON.stringify({ failed: String(error), cause: String(error?.cause) }));
});
