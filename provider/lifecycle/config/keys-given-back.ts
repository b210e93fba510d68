import { keyNames, type KeyName } from "../../vocabulary/keys";
import { wantedKey } from "../../plan/compare/compare-keys";
import { sameValue } from "../../plan/compare/effective-key";
import type { GivenBack } from "../../plan/describe/config-view";
import type { SeenServer } from "../../plan/seen";
import type { Properties } from "../lifecycle";
import { argumentNames, type ConfigInputs, type ConfigProperties } from "./config-inputs";
import { rememberedBy } from "./remembered-by";
import { toDesired, tokensOf } from "./to-desired";

/**
 * Keys that an `up` gives back, since nothing in the program asks for their value any more, as far as the state tells: decided as the
 * plan decides it, for the words of a preview.
 */
export function keysGivenBack(olds: Properties, news: Properties): GivenBack[] {
  const there = olds as unknown as ConfigProperties;
  // A create that failed has seen nothing.
  if (!("applied" in olds)) return [];
  const desired = { ...toDesired(news as unknown as ConfigInputs, tokensOf(there), "update", olds), fileOwner: "" };
  const seen = lastSeen(there, olds);
  return keyNames.flatMap((key): GivenBack[] => {
    const wish = desired.keys[key];
    if (typeof wish === "object" || !wish.includes("restore")) return [];
    const now = there.applied[argumentNames[key]];
    // A state of 0.1.0 knows that the argument was there, and not what was there before it.
    if (rememberedBy(olds) === null) return now === null ? [] : [{ name: argumentNames[key], now, then: "unknown" }];
    const then = wantedKey(key, desired, seen);
    return then === undefined || sameValue(key, then, now) ? [] : [{ name: argumentNames[key], now, then: { value: then } }];
  });
}

function lastSeen(there: ConfigProperties, olds: Properties): SeenServer {
  const keySeen = (key: KeyName): SeenServer["keys"][KeyName] => {
    const value = there.applied[argumentNames[key]];
    return value === null ? { kind: "unset" } : { kind: "value", value };
  };
  const remembered = rememberedBy(olds);
  const owner = { stack: "", urn: "", token: "" };
  return {
    version: there.tableauVersion,
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
