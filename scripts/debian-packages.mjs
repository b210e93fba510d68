// Programs of Debian that some tests need. Plain Node without dependencies.
import { spawnSync } from "node:child_process";
import { run } from "./process.mjs";

const quiet = { stdio: ["ignore", "ignore", "inherit"] };

/** Whether the shell finds a program. */
export function has(program) {
  return spawnSync("sh", ["-c", `command -v ${program}`]).status === 0;
}

/**
 * Installs, with apt and where this is root on Debian or its like, what of `packages` (by program) is missing; elsewhere it says so.
 *
 * @returns whether all of it is there now.
 */
export async function ensureDebianPackages(packages, { say, otherwise }) {
  const missing = Object.keys(packages).filter((name) => !has(name));
  if (missing.length === 0) return true;
  if (process.getuid?.() !== 0 || !has("apt-get")) {
    say(`There is no ${missing.join(", no ")} here, and it cannot be installed: ${otherwise}.`);
    return false;
  }
  const names = missing.flatMap((name) => packages[name]);
  say(`Installing ${names.join(", ")}`);
  const apt = async (...args) =>
    (await run("apt-get", ["-qq", ...args], { ...quiet, env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } })) === 0;
  const install = () => apt("install", "-y", "--no-install-recommends", ...names);
  if ((await install()) || ((await apt("update")) && (await install()))) return true;
  say(`They were not installed: ${otherwise}.`);
  return false;
}
