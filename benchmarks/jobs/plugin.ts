import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { DynamicProvider } from "../../tests/contract/support";
import { PluginClient } from "../../tests/engine/plugin/support/plugin-client";
import { providerText } from "../../provider/engine/provider-text";
import { writePackages } from "../field/packages";
import { timed } from "../contestants/timed";
import { makeFolder, makeYamlStack, secondsOf } from "../engine/stack";
import { atMost, median } from "./compare";
import type { Job, Row } from "./job";

const root = join(__dirname, "../..");
const nothingProgram = join(root, "benchmarks/contestants/files/preview-of-nothing.cjs");
const startCase = "processor time until the first check returns";
const count = 50;
const previewCase = `preview of ${count} resources`;

/** What the plugin costs beside the door of dynamic resources. */
export const plugin: Job = {
  name: "plugin",
  title: "The provider plugin beside dynamic resources: its start, and a preview in YAML.",
  async run(options) {
    mkdirSync(join(root, ".work"), { recursive: true });
    const folder = mkdtempSync(join(root, ".work", "bench-plugin-"));
    try {
      const rows = [...(await starts(folder, options)), ...(await previews(folder, options))];
      const ratio = median(rows, startCase, "pulumi-tableau") / median(rows, startCase, "dynamic resources");
      const over = median(rows, previewCase, "pulumi-tableau") / median(rows, previewCase, "does nothing");
      return {
        rows,
        goals: [
          atMost("processor time until the first check, over that of dynamic resources", ratio, 0.4, " times"),
          atMost(`preview of ${count} connectors in YAML, over ${count} dynamic resources that do nothing`, over, 1, " times"),
        ],
      };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

type Options = Parameters<Job["run"]>[0];

async function starts(folder: string, { runs, say }: Options): Promise<Row[]> {
  const [one] = writePackages(join(folder, "one"), 1, "1.0.0");
  const [name, source] = ["bench", one?.path ?? ""];
  const server = { name, nodes: [{ name: "node1", connection: { host: "127.0.0.1", port: 22, user: "deploy" } }] };
  const split = { server: { name, nodes: [{ name: "node1", host: "127.0.0.1", port: 22, user: "deploy" }] }, credentials: { nodes: {} } };
  const taken: Record<"pulumi-tableau" | "dynamic resources", number[]> = { "pulumi-tableau": [], "dynamic resources": [] };
  // The first fills the file system's cache.
  for (let run = 0; run <= runs; run += 1) {
    const dynamic = await DynamicProvider.start({ providerText: providerText("connector"), directory: folder });
    await dynamic.configure();
    const checked = await dynamic.check({ ...split, source, requireSignature: false, __urn: "urn:pulumi:a::b::c::d" });
    const before = processorMilliseconds(dynamic.pid);
    await dynamic.stop();

    const own = await PluginClient.start({});
    const found = await own.check("tableau:index:TableauConnector", { server, source, requireSignature: false });
    const ours = processorMilliseconds(own.pid);
    own.stop();
    if (checked.failures.length + found.length > 0) throw new Error(JSON.stringify([checked.failures, found]));
    if (run === 0) continue;
    taken["dynamic resources"].push(before);
    taken["pulumi-tableau"].push(ours);
    say(`${startCase}, run ${run}: plugin ${ours.toFixed(0)} ms, dynamic ${before.toFixed(0)} ms`);
  }
  return Object.entries(taken).map(([contestant, values]): Row => ({ case: startCase, contestant, unit: "ms", values }));
}

/** Of all threads of a process, so far (Linux). */
function processorMilliseconds(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`);
  const nanoseconds = threads.map((thread) => Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "utf8").split(" ")[0]));
  return nanoseconds.reduce((sum, one) => sum + one, 0) / 1e6;
}

async function previews(folder: string, { runs, say }: Options): Promise<Row[]> {
  const packages = writePackages(join(folder, "many"), count, "1.0.0");
  const connection = { host: "127.0.0.1", port: 22, user: "deploy", privateKey: "x" };
  const server = { name: "bench", nodes: [{ name: "node1", connection }] };
  const connectors = packages.map(({ path }) => [
    basename(path, ".taco"),
    { type: "tableau:TableauConnector", properties: { server, source: path, requireSignature: false } },
  ]);
  const yaml = await makeYamlStack({ resources: Object.fromEntries(connectors) as object });
  const nothing = makeFolder();
  const settings = [nothing.folder, String(count), JSON.stringify({ server, source: "" })];
  const taken: Record<"pulumi-tableau" | "does nothing", number[]> = { "pulumi-tableau": [], "does nothing": [] };
  try {
    for (let run = 0; run <= runs; run += 1) {
      // In a process of its own, since a user's program starts in one, as ours in YAML does.
      const { output } = await timed(process.execPath, [nothingProgram, ...settings], { env: nothing.envVars });
      const idle = Number(output);
      const ours = await secondsOf(() => yaml.stack.preview());
      if (run === 0) continue;
      taken["does nothing"].push(idle);
      taken["pulumi-tableau"].push(ours);
      say(`${previewCase}, run ${run}: plugin, in YAML ${ours.toFixed(2)} s, nothing ${idle.toFixed(2)} s`);
    }
  } finally {
    yaml.remove();
    nothing.remove();
  }
  return Object.entries(taken).map(([contestant, values]): Row => ({ case: previewCase, contestant, unit: "s", values }));
}
