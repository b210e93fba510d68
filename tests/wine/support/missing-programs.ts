import { spawnSync } from "node:child_process";

export const compiler = "x86_64-w64-mingw32-gcc";

/** What of wine and a compiler for Windows is not on this machine. */
export function missingPrograms(): string[] {
  return ["wine", compiler].filter((name) => spawnSync("sh", ["-c", `command -v ${name}`]).status !== 0);
}
