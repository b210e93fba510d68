// Delivers one file into the store of every node, as a connector's create does: deliver.cjs SPEC REPORT.
const { readFileSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const { performance } = require("node:perf_hooks");

const [specFile, reportFile] = process.argv.slice(2);
const { inputs, path, sha256 } = JSON.parse(readFileSync(specFile, "utf8"));
const provider = join(__dirname, "../../../dist/provider");
const begun = performance.now();
main().then(
  () => process.exit(0),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);

async function main() {
  const { HostPool } = require(join(provider, "host/pool"));
  const { deliver } = require(join(provider, "deploy/deliver"));
  const { stateDirectory } = require(join(provider, "lifecycle/inputs/server-places"));
  const { toHosts } = require(join(provider, "lifecycle/inputs/to-target"));
  const bytes = readFileSync(path);
  const parcel = {
    sha256,
    size: bytes.length,
    pluginClass: "large_jdbc",
    pluginVersion: "1.0.0",
    fileName: "large_jdbc.taco",
    bytes: async () => bytes,
  };
  const hosts = toHosts(new HostPool(), inputs);
  await Promise.all(hosts.map((host) => deliver(host, parcel, stateDirectory(inputs.server), 600)));
  writeFileSync(reportFile, JSON.stringify({ seconds: (performance.now() - begun) / 1000 }));
}
