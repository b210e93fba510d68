// Calls the built provider as the engine would, in a process of its own, and tells how long it took and what it did.
// worker.cjs SPEC REPORT
const { readFileSync, writeFileSync, existsSync } = require("node:fs");
const { isDeepStrictEqual } = require("node:util");
const { join } = require("node:path");

const { subscribe } = require("node:diagnostics_channel");
const { performance } = require("node:perf_hooks");
const [specFile, reportFile] = process.argv.slice(2);
const spec = JSON.parse(readFileSync(specFile, "utf8"));
const provider = join(__dirname, "../../../dist/provider.js");
const json = (value) => JSON.parse(JSON.stringify(value));
const nameOf = (path) => path.split("/").at(-1).replace(".taco", "");

const begun = performance.now();
main().then(
  () => process.exit(0),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);

async function main() {
  process.env.PULUMI_TABLEAU_CACHE = spec.cacheDirectory;
  let pool;
  subscribe("pulumi-tableau:services", (services) => (pool = services.pool));
  const kinds = require(provider);
  const scriptsRun = watch(pool);
  const state = existsSync(spec.stateFile) ? JSON.parse(readFileSync(spec.stateFile, "utf8")) : {};
  const differences = spec.how === "apply" ? await up(kinds, state) : await refresh(kinds, state);
  const seconds = (performance.now() - begun) / 1000;
  // A difference that was found is known to the next run, as after `pulumi refresh`.
  if (spec.how === "apply" || differences.length > 0) writeFileSync(spec.stateFile, JSON.stringify(state));
  // What resourceUsage() says counts the memory of the process that started this one, too.
  const megabytes = Number(/^VmHWM:\s*(\d+)/m.exec(readFileSync("/proc/self/status", "utf8"))[1]) / 1024;
  writeFileSync(reportFile, JSON.stringify({ seconds, ...pool.counts, megabytes, differences, scriptsRun }));
  pool.close();
}

// Connectors together, then the config. The engine checks one after the other and updates meanwhile: the same time, measured, but other
// counts in each run, by which of them still come along in one delivery.
async function up(kinds, state) {
  const connectors = await Promise.all(
    spec.packages.map((source) => {
      const given = { ...spec.inputs, source, requireSignature: false, __urn: urn("TableauConnector", nameOf(source)) };
      return step(kinds.connector, state, nameOf(source), "connector", given);
    }),
  );
  const refs = connectors.map(({ fileName, sha256, pluginClass, pluginVersion, minVersionTableau, signature }) => {
    return { fileName, sha256, pluginClass, pluginVersion, minVersionTableau, signature };
  });
  const given = { ...spec.inputs, ...spec.config, connectors: refs, __urn: urn("TableauServerPluginsConfig", "config") };
  await step(kinds.config, state, "config", "config", given);
  return [];
}

async function step(lifecycle, state, name, kind, given) {
  const old = state[name];
  const { inputs, failures } = await lifecycle.check(old?.inputs ?? {}, json(given));
  if (failures.length > 0) throw new Error(JSON.stringify(failures));
  const wanted = json(inputs);
  if (old === undefined) {
    const { id, outs } = await lifecycle.create(wanted);
    state[name] = { kind, id, inputs: wanted, outs: json(outs) };
    return state[name].outs;
  }
  const { changes } = await lifecycle.diff(old.id, old.outs, wanted);
  if (changes === undefined && isDeepStrictEqual(old.inputs, wanted)) return old.outs;
  const { outs } = await lifecycle.update(old.id, old.outs, wanted);
  state[name] = { kind, id: old.id, inputs: wanted, outs: json(outs) };
  return state[name].outs;
}

async function refresh(kinds, state) {
  const found = await Promise.all(
    Object.entries(state).map(async ([name, one]) => {
      const read = await kinds[one.kind].read(one.id, one.outs);
      if (read.id === undefined) return `${name} is gone`;
      const inputs = json(read.inputs);
      const keys = Object.keys(one.inputs).filter((key) => key in inputs && !isDeepStrictEqual(inputs[key], one.inputs[key]));
      if (keys.length > 0) state[name] = { ...one, inputs, outs: json(read.props) };
      return keys.length === 0 ? null : `${name}: ${keys.map((key) => `${key} ${JSON.stringify(inputs[key])}`).join(", ")}`;
    }),
  );
  return found.filter((one) => one !== null);
}

function watch(pool) {
  const ran = [];
  const wrapped = new Set();
  const host = pool.host.bind(pool);
  pool.host = (address) => {
    const one = host(address);
    if (wrapped.has(one)) return one;
    wrapped.add(one);
    for (const method of ["run", "open"]) {
      const original = one[method].bind(one);
      one[method] = async (script, ...rest) => {
        const entry = { node: one.node, name: script.name, begun: performance.now() - begun };
        ran.push(entry);
        try {
          return await original(script, ...rest);
        } finally {
          entry.ended = performance.now() - begun;
        }
      };
    }
    return one;
  };
  return ran;
}

function urn(type, name) {
  return `urn:pulumi:bench::bench::pulumi-nodejs:dynamic/tableau:${type}::${name}`;
}
