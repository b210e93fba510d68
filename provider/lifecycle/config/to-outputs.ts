import type { config } from "../../schema/config";
import type { Inputs } from "../../schema/field";
import { connectPluginsPathKey, disableVerifyKey } from "../../vocabulary/keys";
import type { WaitsFor } from "../../activation/activate";
import type { DesiredServer } from "../../plan/desired";
import { effectiveKey } from "../../plan/compare/effective-key";
import { running } from "../../plan/compare/live";
import { liveDirectories } from "../../plan/placement/placement";
import { tokenForState } from "../../plan/record/ownership";
import { type Remembered, remember } from "../../plan/record/remembered";
import { rememberKeys } from "../../plan/record/remembered-keys";
import type { SeenServer } from "../../plan/seen";
import type { Plan } from "../../plan/step";
import { isDriverName, isListed } from "../../plan/compare/wanted-files";

/** An activation that has not been made, and what it waits for. */
export interface Due {
  readonly plan: Plan;
  readonly waitsFor: WaitsFor;
}

/** The outputs that tell what was seen. */
export function toOutputs(desired: DesiredServer, seen: SeenServer, due: Due | null): Inputs<typeof config.outputs> {
  const rememberedKeys = rememberKeys(desired, seen);
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
    remembered: withoutKeys(remember(seen, desired.owner)),
    ...(rememberedKeys === null ? {} : { rememberedKeys }),
  };
}

// Their values may be secrets, which have an output of their own.
function withoutKeys(remembered: Remembered | null): Remembered | null {
  if (remembered === null) return null;
  const { otherKeys: _secret, ...open } = remembered;
  return open;
}

function describeDue({ plan, waitsFor }: Due): string {
  const count = (kind: string): number => plan.steps.filter((step) => step.kind === kind).length;
  const files = count("place") + count("retire") + count("trust");
  const keys = count("setKey") + count("unsetKey");
  const restart = count("restart") + count("applyPending") > 0 ? "one restart" : "no restart";
  return `${String(files)} file changes, ${String(keys)} key changes, ${restart}; ${describeWait(waitsFor)}`;
}

function describeWait(waitsFor: WaitsFor): string {
  if (waitsFor === "activation") return "activation is on hold";
  return waitsFor === "preview" ? "no preview has told it yet" : `the restart window opens at ${waitsFor.toISOString()}`;
}

function unlisted(desired: DesiredServer, seen: SeenServer): string[] {
  return seen.nodes.flatMap((node) =>
    node.packages
      .filter((found) => liveDirectories(desired, node).includes(found.directory))
      .filter((found) => !isDriverName(found.fileName) && !isListed(desired, node, found))
      .map(({ fileName }) => `${node.name}/${fileName}`),
  );
}
