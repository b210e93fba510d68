// Delivers one file into the store of every node, as a connector's create does: deliver.cjs SPEC REPORT.
const { readFileSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const { performance } = require("node:perf_hooks");

const [specFile, reportFile] = process.argv.slice(2);
const { inputs, path, sha256 } = JSON.parse(readFileSync(specFile, "utf8"));
const provider = join(__dirname, "../../../dist/provider.js");
const begun = performance.now();
main().then(
  () => process.exit(0),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);

async function main() {
  const { connector } = require(provider);
  const of = {
    pluginClass: "large_jdbc",
    pluginVersion: "1.0.0",
    fileName: "large_jdbc.taco",
    minVersionTableau: "2022.1",
    signature: { state: "unsigned" },
  };
  await connector.create({
    ...inputs,
    ...of,
    source: path,
    sha256,
    requireSignature: false,
    delivered: {},
    __urn: "urn:pulumi:bench::bench::x::large",
  });
  writeFileSync(reportFile, JSON.stringify({ seconds: (performance.now() - begun) / 1000 }));
}
