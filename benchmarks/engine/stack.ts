import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { LocalWorkspace, type PulumiFn, type Stack } from "@pulumi/pulumi/automation";
import { withoutStrayListeners } from "../../scripts/run-main.cjs";

const root = join(__dirname, "../..");

/** A stack of the real engine, with its state in a folder of its own. */
export interface BenchStack {
  readonly stack: Stack;
  readonly folder: string;
  remove(): void;
}

/** The folder lies in the repository: there the engine's provider process finds this package. */
export async function makeStack(program: PulumiFn): Promise<BenchStack> {
  mkdirSync(join(root, ".work"), { recursive: true });
  const folder = mkdtempSync(join(root, ".work", "bench-stack-"));
  mkdirSync(join(folder, "state"));
  const stack = await LocalWorkspace.createOrSelectStack(
    { stackName: "bench", projectName: "bench", program },
    {
      workDir: folder,
      envVars: {
        PULUMI_BACKEND_URL: `file://${folder}/state`,
        PULUMI_CONFIG_PASSPHRASE: "bench",
        PULUMI_HOME: join(folder, "home"),
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        PULUMI_TABLEAU_CACHE: join(folder, "cache"),
        PATH: process.env["PATH"] ?? "",
      },
    },
  );
  return { stack, folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Seconds that something took. */
export async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await withoutStrayListeners(work);
  return (performance.now() - begun) / 1000;
}
