import { findEngine } from "./engine";
import type { Through } from "./protocol";

/**
 * Registers a test once for each way in which the engine runs a program: inline, and through its language host as plain `pulumi up` does.
 * Where there is no language host, that one is skipped, and its name says why.
 */
export function testEachWay(name: string, run: (through: Through) => Promise<void>): void {
  test(`${name} (inline program)`, () => run("inline"));
  if (findEngine().languageHost === undefined) {
    test.skip(`${name} (language host: skipped, pulumi-language-nodejs is not on PATH)`, () => run("language-host"));
  } else {
    test(`${name} (language host)`, () => run("language-host"));
  }
}
