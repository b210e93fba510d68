import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "../../..");

/** The provider's modules one by one, as a program in wine loads some of them: what is published is a few bundles. Gives their folder. */
export function buildModules(): string {
  const folder = join(root, ".work", "wine-modules");
  const sources = readdirSync(join(root, "provider"), { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".ts"));
  const options = ["--format=cjs", "--platform=node", "--target=node20", `--outdir=${folder}`, "--outbase=provider", "--log-level=warning"];
  const esbuild = join(root, "node_modules", ".bin", "esbuild");
  const { status, stderr } = spawnSync(esbuild, [...options, ...sources.map((path) => `provider/${path}`)], {
    cwd: root,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  return folder;
}
