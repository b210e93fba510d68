import { spawnSync } from "node:child_process";

/** Runs a group of tests where all these programs are there; else it is skipped, and its name says why. */
export function needs(commands: readonly string[], tests: () => void): void {
  const missing = commands.filter((command) => spawnSync("sh", ["-c", `command -v ${command}`]).status !== 0);
  if (missing.length === 0) {
    describe(`with ${commands.join(" and ")}`, () => {
      tests();
    });
  } else {
    describe.skip(`with ${commands.join(" and ")} (skipped: there is no ${missing.join(", ")})`, () => {
      tests();
    });
  }
}
