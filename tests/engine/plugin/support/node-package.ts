import { spawnSync } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Project, repository } from "../../support";
import { madeOnce } from "./made-once";

/** Compiles the committed package for Node.js, as its `npm run build` does, and puts it where a program of the project finds it. */
export function installNodePackage({ directory }: Project): void {
  const installed = join(directory, "node_modules", "@pulumi-tableau", "tableau");
  mkdirSync(join(installed, ".."), { recursive: true });
  cpSync(compiled(), installed, { recursive: true });
}

function compiled(): string {
  const [sdk, lock] = [join(repository, "sdk/nodejs"), join(repository, "package-lock.json")];
  return madeOnce("nodejs", [sdk, lock], (target) => {
    // From here it finds the SDK of this repository.
    const source = join(target, "source");
    cpSync(sdk, source, { recursive: true });
    const compiler = join(repository, "node_modules/typescript/bin/tsc");
    const { status, stdout } = spawnSync(process.execPath, [compiler, "-p", source], { encoding: "utf8" });
    if (status !== 0) throw new Error(`sdk/nodejs does not compile:\n${stdout}`);
    cpSync(join(source, "bin"), target, { recursive: true });
    copyFileSync(join(source, "package.json"), join(target, "package.json"));
    rmSync(source, { recursive: true });
  });
}
