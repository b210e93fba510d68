import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const root = join(__dirname, "../../..");

/** The provider's modules one by one, as a program in wine loads some of them: what is published is a few bundles. Gives their folder. */
export function buildModules(): string {
  const folder = join(root, ".work", "wine-modules");
  const files = readdirSync(join(root, "provider"), { recursive: true, encoding: "utf8" });
  const sources = files.filter((path) => path.endsWith(".ts"));
  const options = ["--format=cjs", "--platform=node", "--target=node20", `--outdir=${folder}`, "--outbase=provider", "--log-level=warning"];
  const esbuild = join(root, "node_modules", ".bin", "esbuild");
  const { status, stderr } = spawnSync(esbuild, [...options, ...sources.map((path) => `provider/${path}`)], {
    cwd: root,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  for (const path of files.filter((one) => one.endsWith(".sh"))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), `module.exports = ${JSON.stringify(readFileSync(join(root, "provider", path), "utf8"))};`);
  }
  return folder;
}
