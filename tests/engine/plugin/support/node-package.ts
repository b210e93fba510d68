import { spawnSync } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Project, repository } from "../../support";

/** Compiles the committed package for Node.js, as its `npm run build` does, and puts it where a program of the project finds it. */
export function installNodePackage({ directory }: Project): void {
  const source = join(directory, "sdk");
  cpSync(join(repository, "sdk/nodejs"), source, { recursive: true });
  const compiler = join(repository, "node_modules/typescript/bin/tsc");
  const { status, stdout } = spawnSync(process.execPath, [compiler, "-p", source], { encoding: "utf8" });
  if (status !== 0) throw new Error(`sdk/nodejs does not compile:\n${stdout}`);
  copyFileSync(join(source, "package.json"), join(source, "bin", "package.json"));
  const installed = join(directory, "node_modules", "@pulumi-tableau", "tableau");
  mkdirSync(join(installed, ".."), { recursive: true });
  cpSync(join(source, "bin"), installed, { recursive: true });
  rmSync(source, { recursive: true });
}
