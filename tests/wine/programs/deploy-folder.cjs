// Runs under a Windows node.exe: delivers two states of a connector's folder into a store of this machine and switches the
// live folder, by the code that does it on servers. Prints what came of it.
// usage: node.exe deploy-folder.cjs FOLDER_OF_THE_PROVIDERS_MODULES WORK_FOLDER
const { mkdirSync, readdirSync, statSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const [, , built, folder] = process.argv;
const { waits } = require(join(built, "host", "limits.js"));
const { localHost } = require(join(built, "host", "local", "local-host.js"));
const { deliverPackage } = require(join(built, "actions", "deliver", "index.js"));
const { stageFiles, switchFiles } = require(join(built, "activation", "switch-files.js"));
const { packFolder, readFolder } = require(join(built, "lifecycle", "package", "folder-source.js"));

const counts = { commands: 0, scripts: 0, bytesSent: 0, bytesReceived: 0, connections: 0, sessions: 0 };
const work = folder.replaceAll("\\", "/");
const [state, live, source] = [`${work}/state`, `${work}/Connectors`, `${work}/source`];
const name = "my connector";
const files = ["manifest.xml", "deep/er/ä 50% & more.js", "deep/none"];

async function main() {
  const host = localHost({ name: "here", privilege: "none" }, counts, waits);
  const target = { name: "here", hosts: [host], stateDirectory: state, timeouts: { command: 300, restart: 300, ready: 300 } };
  mkdirSync(join(source, "deep/er"), { recursive: true });
  mkdirSync(live);
  const first = await packageOf("first", "dropped later");
  const delivered = [await deliverPackage(host, first, state, 300), await deliverPackage(host, first, state, 300)];
  const second = await packageOf("again", "");
  delivered.push(await deliverPackage(host, second, state, 300));
  const names = [];
  const carryOut = async (step) => {
    await stageFiles(target, [step], { nodes: [] });
    await switchFiles(target, [step], { nodes: [] });
    names.push(readdirSync(live));
  };
  const place = (one, was) => ({ kind: "place", node: "here", directory: live, fileName: name, sha256: one.sha256, was });
  await carryOut(place(first, null));
  await carryOut(place(second, first.sha256));
  const contents = Object.fromEntries(files.map((path) => [path, statSync(join(live, name, path)).size]));
  await carryOut({ kind: "retire", node: "here", directory: live, fileName: name, was: second.sha256 });
  const store = readdirSync(join(state, "store"))
    .filter((one) => !one.endsWith(".info"))
    .sort();
  console.log(JSON.stringify({ delivered, names, contents, store, expected: [first.sha256, second.sha256].sort() }));
}

async function packageOf(...texts) {
  for (const [i, text] of ["<connector-plugin />", ...texts].entries()) writeFileSync(join(source, files[i]), text);
  const read = await readFolder(source, undefined);
  const bytes = packFolder(read);
  return {
    ...{ form: "folder", sha256: read.sha256, size: bytes.length, pluginClass: "dev", pluginVersion: "1.0", fileName: name },
    bytes: () => Promise.resolve(bytes),
  };
}

main().catch((error) => {
  console.log(JSON.stringify({ failed: String(error), cause: String(error?.cause) }));
});
