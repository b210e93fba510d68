import { spawnSync } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { repository } from "../../support";

/** Whether Go programs can be compiled here in seconds: `node scripts/go.mjs` sees to it. */
export function isGoReady(): boolean {
  return spawnSync(process.execPath, [join(repository, "scripts/go.mjs"), "--if-built"], { encoding: "utf8" }).stdout.trim() === "ready";
}

/** Puts what starts Go programs into a folder that goes on PATH. */
export function makeGoHost(folder: string): string {
  const words = [process.execPath, "--require", join(repository, "scripts/typescript-hook.cjs"), join(__dirname, "go-host.ts")];
  const script = join(folder, "pulumi-language-go");
  writeFileSync(script, `#!/bin/sh\nexec ${words.map((word) => `'${word}'`).join(" ")} "$@"\n`);
  chmodSync(script, 0o755);
  return folder;
}
