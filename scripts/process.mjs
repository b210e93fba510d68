// Starting other programs, in plain Node without dependencies.
import { spawn } from "node:child_process";
import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Is this module the one that `node` was started with? */
export function isMain(url) {
  return process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(url);
}

/** Runs a program with our input and output and gives its exit code; 1 where a signal ended it. */
export function run(name, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(name, args, { stdio: "inherit", ...options });
    child.on("error", (cause) => reject(new Error(`${name} cannot be started: ${cause.message}.`, { cause })));
    child.on("exit", (code) => resolve(code ?? 1));
  });
}

/** Like {@link run}, for steps whose failure ends everything. */
export async function runOrThrow(name, args, options = {}) {
  const code = await run(name, args, options);
  if (code !== 0) throw new Error(`${[name, ...args].join(" ")} ended with exit code ${code}.`);
}
