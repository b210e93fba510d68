import { observeServer } from "../../activation/observe-server";
import type { Target } from "../../activation/target";
import { effectiveKey, sameValue } from "../../plan/compare/effective-key";
import { judgeUpgrade } from "../../plan/upgrade/judge-upgrade";
import { connectPluginsPathKey, disableVerifyKey } from "../../vocabulary/keys";
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
  const value = (key: typeof connectPluginsPathKey | typeof disableVerifyKey): string | null =>
    effectiveKey(key, seen.keys[key], seen.record);
  const pluginsPath = value(connectPluginsPathKey);
  const verifies = sameValue(disableVerifyKey, value(disableVerifyKey), "true") ? "no" : "yes";
  const tacos = await readTacos(target, seen.nodes);
  const signatures = await judgeSignatures(tacos, { from: seen.version, to, verifies }, seen.nodes, stores);
  const fates = judgeUpgrade({
    inUse: { release: seen.version, pluginsPath, refusals: signatures.inUse },
    toCome: { release: to, pluginsPath, refusals: signatures.toCome },
    nodes: seen.nodes.map((node) => ({ name: node.name, packages: placedOn(node, tacos) })),
  });
  const rows = [
    ...fates.map(fateRow),
    ...driverRows(target.driversDirectory, seen.nodes),
    ...keyRows(pluginsPath, verifies === "yes" ? "verified" : "not verified"),
    ...unknownRows(seen.nodes, tacos),
    ...trustRow(signatures.judgedBy, to),
  ];
  const order: readonly UpgradeRow["state"][] = ["stops", "starts", "note", "keeps"];
  return {
    server: target.name,
    from: seen.version,
    to,
    rows: [...rows].sort((one, other) => order.indexOf(one.state) - order.indexOf(other.state)),
  };
}
