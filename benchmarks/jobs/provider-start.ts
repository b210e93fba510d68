import { spawnSync } from "node:child_process";
import { writeFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DynamicProvider } from "../../tests/contract/support";
import { providerText } from "../../provider/engine/provider-text";
import { writePackages } from "../field/packages";
import { atMost, median } from "./compare";
import type { Job, Row } from "./job";

const root = join(__dirname, "../..");
const ofCase = "start until the first check returns";

/** What our provider costs before it does anything, over a provider that does nothing. */
export const providerStart: Job = {
  name: "provider-start",
  title: "Start of the provider process until the first check of a connector returns.",
  async run({ runs, say }) {
    mkdirSync(join(root, ".work"), { recursive: true });
    const folder = mkdtempSync(join(root, ".work", "bench-start-"));
    const taken: Record<"pulumi-tableau" | "empty provider", number[]> = { "pulumi-tableau": [], "empty provider": [] };
    try {
      writeFileSync(join(folder, "empty.cjs"), "exports.empty = { check: async (olds, news) => ({ inputs: news }) };");
      const [one] = writePackages(join(folder, "packages"), 1, "1.0.0");
      const server = { name: "bench", nodes: [{ name: "node1", host: "127.0.0.1", port: 22, user: "deploy" }] };
      const inputs = {
        server,
        credentials: { nodes: {} },
        source: one?.path ?? "",
        requireSignature: false,
        __urn: "urn:pulumi:a::b::c::d",
      };
      const empty = `exports.handler = () => require("module").createRequire(process.cwd() + "/_.js")("./empty.cjs").empty;`;
      for (let run = 1; run <= runs + 1; run += 1) {
        const values = {
          "empty provider": await start(empty, folder, inputs),
          "pulumi-tableau": await start(providerText("connector"), folder, inputs),
        };
        // The first fills the file system's cache.
        if (run === 1) continue;
        taken["pulumi-tableau"].push(values["pulumi-tableau"]);
        taken["empty provider"].push(values["empty provider"]);
        say(`${ofCase}, run ${run - 1}: ours ${values["pulumi-tableau"].toFixed(0)} ms, empty ${values["empty provider"].toFixed(0)} ms`);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    const rows = Object.entries(taken).map(([contestant, values]): Row => ({ case: ofCase, contestant, unit: "ms", values }));
    const over = median(rows, ofCase, "pulumi-tableau") - median(rows, ofCase, "empty provider");
    return { rows, goals: [atMost("start over an empty provider", over, 100, " ms"), lazyModules()] };
  },
};

async function start(text: string, directory: string, inputs: Record<string, unknown>): Promise<number> {
  const begun = performance.now();
  const provider = await DynamicProvider.start({ providerText: text, directory });
  await provider.configure();
  const { failures } = await provider.check(inputs);
  const milliseconds = performance.now() - begun;
  await provider.stop();
  if (failures.length > 0) throw new Error(JSON.stringify(failures));
  return milliseconds;
}

// What is loaded only when it is needed must not come along with the entry.
function lazyModules(): { goal: string; figure: string; met: boolean } {
  const script = `require(${JSON.stringify(join(root, "dist/provider.js"))});
    const loaded = Object.keys(require.cache).map((path) => /node_modules\\/([^/]+)/.exec(path)?.[1]);
    process.stdout.write(["ssh2", "node-forge", "yauzl"].filter((name) => loaded.includes(name)).join(", "));
    process.exit(0);`;
  const loaded = spawnSync(process.execPath, ["-e", script], { cwd: root, encoding: "utf8" }).stdout;
  return {
    goal: "ssh2, node-forge and yauzl are loaded when needed",
    figure: loaded === "" ? "none at the start" : loaded,
    met: loaded === "",
  };
}
