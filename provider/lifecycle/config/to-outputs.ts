import { connectPluginsPathKey, disableVerifyKey } from "../../keys";
import type { DesiredServer } from "../../plan/desired";
import { effectiveKey } from "../../plan/compare/effective-key";
import { running } from "../../plan/compare/live";
import { liveDirectories } from "../../plan/placement/placement";
import { tokenForState } from "../../plan/record/ownership";
import { remember } from "../../plan/record/remembered";
import type { SeenServer } from "../../plan/seen";
import type { Plan } from "../../plan/step";
import { isDriverName, isListed } from "../../plan/compare/wanted-files";
import type { ConfigOutputs } from "./config-inputs";

/** An activation that has not been made, and when it may be; null: activation is on hold. */
export interface Due {
  readonly plan: Plan;
  readonly opensAt: Date | null;
}

/** The outputs that tell what was seen. */
export function toOutputs(desired: DesiredServer, seen: SeenServer, due: Due | null): ConfigOutputs {
  const ownerToken = tokenForState(desired, seen.record);
  const applied = (key: typeof connectPluginsPathKey | typeof disableVerifyKey): string | null =>
    effectiveKey(key, seen.keys[key], seen.record);
  return {
    applied: { connectPluginsPath: applied(connectPluginsPathKey), disableVerifyConnectorPluginSignature: applied(disableVerifyKey) },
    running: running(desired, seen),
    activationDue: due === null ? null : describeDue(due),
    serverStatus: seen.statusWords ?? seen.status,
    tableauVersion: seen.version,
    lastActivation: seen.record?.lastActivation ?? null,
    unlisted: unlisted(desired, seen),
    ...(ownerToken === undefined ? {} : { ownerToken }),
    remembered: remember(seen, desired.owner),
  };
}

function describeDue({ plan, opensAt }: Due): string {
  const count = (kind: string): number => plan.steps.filter((step) => step.kind === kind).length;
  const files = count("place") + count("retire");
  const keys = count("setKey") + count("unsetKey");
  const restart = count("restart") + count("applyPending") > 0 ? "one restart" : "no restart";
  const when = opensAt === null ? "activation is on hold" : `the restart window opens at ${opensAt.toISOString()}`;
  return `${String(files)} file changes, ${String(keys)} key changes, ${restart}; ${when}`;
}

function unlisted(desired: DesiredServer, seen: SeenServer): string[] {
  return seen.nodes.flatMap((node) =>
    node.packages
      .filter((found) => liveDirectories(desired, node).includes(found.directory))
      .filter((found) => !isDriverName(found.fileName) && !isListed(desired, node, found))
      .map(({ fileName }) => `${node.name}/${fileName}`),
  );
}
