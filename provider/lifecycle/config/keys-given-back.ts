import { wantedKey } from "../../plan/compare/compare-keys";
import { sameValue } from "../../plan/compare/effective-key";
import type { GivenBack } from "../../plan/describe/config-view";
import type { SeenServer } from "../../plan/seen";
import type { ConfigInputs, ConfigState } from "../../schema/config";
import { connectPluginsPathKey, disableVerifyKey, keyNames, type KeyName } from "../../vocabulary/keys";
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
  return keyNames.flatMap((key): GivenBack[] => {
    const wish = desired.keys[key];
    if (typeof wish === "object" || !wish.includes("restore")) return [];
    const now = applied[argumentNames[key]];
    // A state of 0.1.0 knows that the argument was there, and not what was there before it.
    if (remembered === null) return now === null ? [] : [{ name: argumentNames[key], now, then: "unknown" }];
    const then = wantedKey(key, desired, seen);
    return then === undefined || sameValue(key, then, now) ? [] : [{ name: argumentNames[key], now, then: { value: then } }];
  });
}

function lastSeen({ tableauVersion = "", remembered = null }: ConfigState, applied: NonNullable<ConfigState["applied"]>): SeenServer {
  const keySeen = (key: KeyName): SeenServer["keys"][KeyName] => {
    const value = applied[argumentNames[key]];
    return value === null ? { kind: "unset" } : { kind: "value", value };
  };
  const owner = { stack: "", urn: "", token: "" };
  return {
    version: tableauVersion,
    status: "RUNNING",
    topology: [],
    keys: Object.fromEntries(keyNames.map((key) => [key, keySeen(key)])) as SeenServer["keys"],
    pending: { ours: [], foreign: [], topology: false },
    runningJobs: [],
    nodes: [],
    record: remembered === null ? null : { schemaVersion: 1, owner, lastActivation: null, ...remembered, run: "" },
    restartRequired: null,
  };
}
