import { wantedKey } from "../../plan/compare/compare-keys";
import { effectiveKey, sameValue } from "../../plan/compare/effective-key";
import type { GivenBack } from "../../plan/describe/config-view";
import { otherKeysOf } from "../../plan/record/keys-of-record";
import { type KeySeen, keySeen, type SeenServer } from "../../plan/seen";
import type { ConfigInputs, ConfigState } from "../../schema/config";
import { connectPluginsPathKey, disableVerifyKey, keyNames, type KeyName } from "../../vocabulary/keys";
import { memoryOf } from "./memory";
import { toDesired, tokensOf } from "./to-desired";

/** What the program calls a key. */
const argumentNames = {
  [connectPluginsPathKey]: "connectPluginsPath",
  [disableVerifyKey]: "disableVerifyConnectorPluginSignature",
} as const satisfies Record<KeyName, keyof ConfigInputs>;

/**
 * Keys that an `up` gives back, since nothing in the program asks for their value any more, as far as the state tells: decided as the
 * plan decides it, for the words of a preview.
 */
export function keysGivenBack(there: ConfigState, inputs: ConfigInputs): GivenBack[] {
  const { applied, remembered = null } = there;
  // A create that failed has seen nothing.
  if (applied === undefined) return [];
  const desired = { ...toDesired(inputs, tokensOf(there), "update", there), fileOwner: "" };
  const seen = lastSeen(there, applied);
  const others = otherKeysOf(seen.record).flatMap((key): GivenBack[] => {
    const then = wantedKey(key, desired, seen);
    if (Object.hasOwn(desired.otherKeys ?? {}, key) || then === undefined) return [];
    const now = effectiveKey(key, keySeen(seen, key), seen.record);
    return sameValue(key, then, now) ? [] : [{ name: key, now: null, then: then === null ? "hidden: none" : "hidden" }];
  });
  const own = keyNames.flatMap((key): GivenBack[] => {
    const wish = desired.keys[key];
    if (typeof wish === "object" || !wish.includes("restore")) return [];
    const now = applied[argumentNames[key]];
    // A state of 0.1.0 knows that the argument was there, and not what was there before it.
    if (remembered === null) return now === null ? [] : [{ name: argumentNames[key], now, then: "unknown" }];
    const then = wantedKey(key, desired, seen);
    return then === undefined || sameValue(key, then, now) ? [] : [{ name: argumentNames[key], now, then: { value: then } }];
  });
  return [...own, ...others];
}

function toSeen(value: string | null): KeySeen {
  return value === null ? { kind: "unset" } : { kind: "value", value };
}

function lastSeen(there: ConfigState, applied: NonNullable<ConfigState["applied"]>): SeenServer {
  const { tableauVersion = "", rememberedKeys } = there;
  const remembered = memoryOf(there);
  const owner = { stack: "", urn: "", token: "" };
  return {
    version: tableauVersion,
    status: "RUNNING",
    topology: [],
    keys: Object.fromEntries(keyNames.map((key) => [key, toSeen(applied[argumentNames[key]])])) as SeenServer["keys"],
    otherKeys: Object.fromEntries(Object.entries(rememberedKeys?.applied ?? {}).map(([key, value]) => [key, toSeen(value)])),
    pending: { ours: [], othersChanges: [], topology: false },
    runningJobs: [],
    nodes: [],
    record: remembered === null ? null : { schemaVersion: 1, owner, lastActivation: null, ...remembered, run: "" },
    restartRequired: null,
  };
}
