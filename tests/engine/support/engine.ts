import { spawnSync } from "node:child_process";
import { resolve } from "node:path";

/** The repository's root. */
export const repository = resolve(__dirname, "../../..");

export interface Engine {
  /** Path of the `pulumi` binary. */
  readonly pulumi: string;
  /** Where it came from. */
  readonly origin: string;
  /** Folders that go in front of PATH. */
  readonly path: readonly string[];
  /** Path of `pulumi-language-nodejs`; absent where programs can only run inline. */
  readonly languageHost?: string;
}

let engine: Engine | undefined;

/** The engine that `npm run engine` finds or builds; once for each test worker. */
export function findEngine(): Engine {
  engine ??= ask();
  return engine;
}

function ask(): Engine {
  const { status, stdout, stderr } = spawnSync(process.execPath, [resolve(repository, "scripts/engine.mjs"), "--json"], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`There is no Pulumi engine. ${stderr}`);
  return JSON.parse(stdout) as Engine;
}
