import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LocalWorkspace, type PulumiFn, type Stack } from "@pulumi/pulumi/automation";
import { withoutStrayListeners } from "../../scripts/run-main.cjs";

const root = join(__dirname, "../..");

export interface BenchFolder {
  readonly folder: string;
  /** The engine's settings: its state and plugins are in that folder. */
  readonly envVars: Readonly<Record<string, string>>;
  remove(): void;
}

/** A stack of the real engine, with its state in a folder of its own. */
export interface BenchStack extends BenchFolder {
  readonly stack: Stack;
}

/** The folder lies in the repository: there the engine's provider process finds this package. */
export function makeStack(program: PulumiFn): Promise<BenchStack> {
  return make((folder, envVars) =>
    LocalWorkspace.createOrSelectStack({ stackName: "bench", projectName: "bench", program }, { workDir: folder, envVars }),
  );
}

/**
 * A program in YAML, through its language host and the plugin, which is installed from its archive as users install it.
 *
 * @throws Error where `node scripts/yaml.mjs` has not built the host.
 */
export function makeYamlStack(program: object): Promise<BenchStack> {
  return make((folder, environment) => {
    const envVars = { ...environment, PATH: [yamlHost(), environment["PATH"]].join(":") };
    writeYamlProgram(folder, program);
    installPlugin(folder, envVars);
    return LocalWorkspace.createOrSelectStack({ stackName: "bench", workDir: folder }, { envVars });
  });
}

function installPlugin(folder: string, env: NodeJS.ProcessEnv): void {
  const written = execFileSync(process.execPath, [join(root, "scripts/plugin-archive.mjs"), join(folder, "archives")], {
    encoding: "utf8",
  });
  const archive = written.split("\n").find((path) => path.includes("linux-amd64")) ?? "";
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  execFileSync("pulumi", ["plugin", "install", "resource", "tableau", version, "--file", archive], { env, stdio: "pipe" });
}

/** The folder of the language host of YAML. @throws Error where it is not built. */
export function yamlHost(): string {
  const host = execFileSync(process.execPath, [join(root, "scripts/yaml.mjs"), "--if-built"], { encoding: "utf8" }).trim();
  if (host === "") throw new Error("`node scripts/yaml.mjs` has to build the language host of YAML first.");
  return host;
}

/** Puts another program in YAML into a stack's folder. */
export function writeYamlProgram(folder: string, program: object): void {
  writeFileSync(join(folder, "Pulumi.yaml"), JSON.stringify({ name: "bench", runtime: "yaml", ...program }));
}

async function make(open: (folder: string, envVars: Record<string, string>) => Promise<Stack>): Promise<BenchStack> {
  const made = makeFolder();
  const stack = await open(made.folder, { ...made.envVars });
  // The Automation API asks for both after an update, in three more processes of the engine: `pulumi up` does not.
  Object.assign(stack, { outputs: () => Promise.resolve({}), info: () => Promise.resolve(undefined) });
  return { ...made, stack };
}

/** The folder of a stack that is yet to be made. */
export function makeFolder(): BenchFolder {
  mkdirSync(join(root, ".work"), { recursive: true });
  const folder = mkdtempSync(join(root, ".work", "bench-stack-"));
  mkdirSync(join(folder, "state"));
  const envVars = {
    PULUMI_BACKEND_URL: `file://${folder}/state`,
    PULUMI_CONFIG_PASSPHRASE: "bench",
    PULUMI_HOME: join(folder, "home"),
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_TABLEAU_CACHE: join(folder, "cache"),
    PATH: process.env["PATH"] ?? "",
  };
  return { folder, envVars, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Seconds that something took. */
export async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await withoutStrayListeners(work);
  return (performance.now() - begun) / 1000;
}
