// Wine and a compiler for Windows, for the tests that run Windows programs. Plain Node without dependencies.
import { spawnSync } from "node:child_process";
import { run } from "./process.mjs";

const programs = { wine: "wine", "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64-posix" };

/** Installs them with apt where this is root on Debian or its like; elsewhere the tests are skipped and say so. */
export async function installWine({ say }) {
  const missing = Object.keys(programs).filter((name) => !has(name));
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0 || !has("apt-get")) {
    say(`There is no ${missing.join(", no ")} here, and it cannot be installed: the tests on Windows programs are skipped.`);
    return;
  }
  const packages = missing.flatMap((name) => (name === "wine" ? ["wine", "wine64"] : [programs[name]]));
  say(`Installing ${packages.join(", ")}`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const install = async () =>
    (await run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...packages], {
      env,
      stdio: ["ignore", "ignore", "inherit"],
    })) === 0;
  if (await install()) return;
  await run("apt-get", ["update", "-qq"], { env, stdio: ["ignore", "ignore", "inherit"] });
  if (!(await install())) say("They were not installed: the tests on Windows programs are skipped.");
}

function has(program) {
  return spawnSync("sh", ["-c", `command -v ${program}`]).status === 0;
}
