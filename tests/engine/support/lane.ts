import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { repository } from "./engine";

const given = process.env["PULUMI_TABLEAU_LANE"];

/**
 * Where programs lie. The folder decides which SDK and which copy of this package they and the engine load: by default the repository
 * itself; `PULUMI_TABLEAU_LANE` names another one, made by `scripts/lane.mjs`.
 */
export const lane: string = given ?? repository;

let packed = given ?? process.env["PULUMI_TABLEAU_PACKED"];

/**
 * A folder with the packed library (`npm pack`) in its node_modules, as users have it: `PULUMI_TABLEAU_PACKED`, which scripts/test.mjs
 * sets, else made when first asked for.
 */
export function packedLane(): string {
  packed ??= makeLane();
  return packed;
}

function makeLane(): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(repository, "scripts/lane.mjs")], { encoding: "utf8" });
  if (status !== 0) throw new Error(`The packed library cannot be installed: ${stderr}`);
  return stdout.trim();
}
