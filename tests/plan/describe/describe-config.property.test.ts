import fc from "fast-check";
import { connectPluginsPathKey, disableVerifyKey } from "../../../provider/vocabulary/keys";
import { effectiveKey } from "../../../provider/plan/compare/effective-key";
import { seenLive, seenLoaded, wantedLive } from "../../../provider/plan/compare/live";
import type { ConfigView } from "../../../provider/plan/describe/config-view";
import { describeConfig } from "../../../provider/plan/describe/describe-config";
import type { DesiredServer } from "../../../provider/plan/desired";
import { planActivation } from "../../../provider/plan/plan-activation";
import type { SeenServer } from "../../../provider/plan/seen";
import { acceptableCases } from "../support/arbitrary";
import { nodesOf, view } from "../support/config-view";

test("a preview tells of a restart exactly when the plan needs one", () => {
  const told = { restart: 0, none: 0 };
  fc.assert(
    fc.property(acceptableCases, ({ desired, seen }) => {
      const plan = planActivation(desired, seen);
      if (plan.refusals.length > 0) return;
      const sentence = describeConfig(thereOf(desired, seen), wantedOf(desired), "now") ?? "";
      const restarts = plan.steps.some(({ kind }) => kind === "restart" || kind === "applyPending") && seen.status !== "STOPPED";
      expect({ sentence, restarts: sentence.includes("restarts prod once") }).toEqual({ sentence, restarts });
      told[restarts ? "restart" : "none"] += 1;
    }),
    { numRuns: 400, seed: 20261124 },
  );
  expect(Math.min(told.restart, told.none)).toBeGreaterThan(10);
});

/** What the state holds after a refresh. */
function thereOf(desired: DesiredServer, seen: SeenServer): ConfigView {
  const applied = (key: typeof connectPluginsPathKey | typeof disableVerifyKey): string | undefined =>
    effectiveKey(key, seen.keys[key], seen.record) ?? undefined;
  return {
    ...wantedOf(desired),
    live: seenLive(desired, seen),
    loaded: seenLoaded(desired, seen),
    keys: { connectPluginsPath: applied(connectPluginsPathKey), disableVerifyConnectorPluginSignature: applied(disableVerifyKey) },
    triggers: seen.record?.triggers ?? null,
    stopped: seen.status === "STOPPED",
  };
}

function wantedOf(desired: DesiredServer): ConfigView {
  const wish = (key: typeof connectPluginsPathKey | typeof disableVerifyKey): string | undefined => {
    const one = desired.keys[key];
    return typeof one === "object" ? one.value : undefined;
  };
  return view({
    directory: desired.directory,
    nodes: nodesOf(desired.nodes),
    connectors: desired.connectors,
    live: wantedLive(desired.nodes, desired.connectors),
    keys: { connectPluginsPath: wish(connectPluginsPathKey), disableVerifyConnectorPluginSignature: wish(disableVerifyKey) },
    triggers: desired.triggers,
    retiresUnlisted: desired.options.unlistedConnectors === "retire",
    takesOver: desired.options.takeOver,
  });
}
