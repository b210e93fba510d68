import { observeServer } from "../../activation/observe-server";
import type { Target } from "../../activation/target";
import { keysInUse } from "../../plan/compare/effective-key";
import { judgeUpgrade } from "../../plan/upgrade/judge-upgrade";
import { identify } from "../config/identify";
import { judgeSignatures, type Stores } from "./judge-signatures";
import { placedOn } from "./placed-on";
import { readTacos } from "./read-tacos";
import { driverRows, fateRow, keyRows, trustRow, unknownRows, type UpgradeRow } from "./rows";

export type { UpgradeRow };

export interface UpgradeForecast {
  /** What people call the server. */
  readonly server: string;
  /** The release in use. */
  readonly from: string;
  readonly to: string;
  /** What stops is first. */
  readonly rows: readonly UpgradeRow[];
}

/**
 * Looks at every node and says what a later release would make of each connector, driver and key. Changes nothing.
 *
 * @throws TableauError (host-*, tsm-*) naming the first node that cannot be looked at.
 */
export async function foreseeUpgrade(target: Target, to: string, stores: Stores): Promise<UpgradeForecast> {
  const { seen } = await observeServer(target, { digests: [], fileNames: [], earlierDirectories: [], drivers: "listed", identify });
  const { pluginsPath, signatures } = keysInUse(seen);
  const tacos = await readTacos(target, seen.nodes);
  const judged = await judgeSignatures(tacos, { from: seen.version, to, signatures }, seen.nodes, stores);
  const fates = judgeUpgrade({
    inUse: { release: seen.version, pluginsPath, refusals: judged.inUse },
    toCome: { release: to, pluginsPath, refusals: judged.toCome },
    nodes: seen.nodes.map((node) => ({ name: node.name, packages: placedOn(node, tacos) })),
  });
  const rows = [
    ...fates.map(fateRow),
    ...driverRows(target.driversDirectory, seen.nodes),
    ...keyRows(pluginsPath, signatures),
    ...unknownRows(seen.nodes, tacos),
    ...trustRow(judged.judgedBy, to),
  ];
  const order: readonly UpgradeRow["state"][] = ["stops", "starts", "note", "keeps"];
  return {
    server: target.name,
    from: seen.version,
    to,
    rows: [...rows].sort((one, other) => order.indexOf(one.state) - order.indexOf(other.state)),
  };
}
