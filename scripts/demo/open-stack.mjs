// A stack of an inline program, with a state and a home of its own.
import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { withoutStrayListeners } from "../run-main.cjs";

const require = createRequire(import.meta.url);

/** The operations on a new stack, each of which rejects where it fails; voice "told": what the engine prints goes to standard output; "quiet": nowhere. */
export async function openStack(directory, name, program, voice) {
  const { LocalWorkspace } = require("@pulumi/pulumi/automation");
  const state = join(directory, "state");
  mkdirSync(state, { recursive: true });
  const stack = await LocalWorkspace.createOrSelectStack(
    { stackName: name, projectName: "demo", program },
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
  // The Automation API would ask for them after each operation, three processes of the engine's for what no step reads.
  Object.assign(stack, { outputs: () => Promise.resolve({}), info: () => Promise.resolve(undefined) });
  const output = {
    onOutput: (text) => (voice === "told" ? process.stdout.write(text) : undefined),
    color: process.stdout.isTTY ? "always" : "never",
    suppressProgress: !process.stdout.isTTY,
  };
  return {
    up: (options = {}) => withoutStrayListeners(() => stack.up({ ...output, ...options })),
    preview: (options = {}) => withoutStrayListeners(() => stack.preview({ ...output, ...options })),
    refresh: (options = {}) => withoutStrayListeners(() => stack.refresh({ ...output, ...options })),
    destroy: (options = {}) => withoutStrayListeners(() => stack.destroy({ ...output, ...options })),
  };
}

/** What is wrong after an operation that has to succeed: nothing, since it rejects where it fails. */
export async function done(operation) {
  await operation;
  return [];
}

/** The Automation API keeps the engine's exit code only in the error of the process library below it. */
export async function exitCodeOf(operation) {
  try {
    await operation;
    return 0;
  } catch (error) {
    const code = error?.commandResult?.err?.exitCode;
    if (code === undefined) throw error;
    return code;
  }
}
