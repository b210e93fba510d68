import { isKeyName, isOwnKey, longestKeyValue } from "../vocabulary/keys";
import { isObject } from "../vocabulary/is-object";
import type { Kind } from "./field";
import { text } from "./kinds";
import { isUnknown } from "./unknown";

const argumentOf = {
  "native_api.connect_plugins_path": "connectPluginsPath",
  "native_api.disable_verify_connector_plugin_signature": "disableVerifyConnectorPluginSignature",
} as const;

/** Values of other configuration keys, by their names. A value may be a secret: no failure repeats one. */
export const otherKeys: Kind<Readonly<Record<string, string>>> = {
  is: "byName",
  of: text,
  expected: "an object",
  conceals: true,
  read: (value, at, reading) => {
    if (!isObject(value)) {
      reading.add(at, "expected an object with a text for the name of each key");
      return undefined;
    }
    const given = Object.entries(value).filter(([, one]) => one !== undefined && one !== null);
    if (reading.from === "program") {
      for (const [name, one] of given) {
        const place = `${at}[${JSON.stringify(name.slice(0, 200))}]`;
        const wrong = nameProblem(name) ?? valueProblem(one);
        if (wrong !== null) reading.add(place, wrong);
      }
    }
    // A part that is not known yet stands for itself in a draft.
    return Object.fromEntries(given.filter(([, one]) => typeof one === "string")) as Record<string, string>;
  },
};

function nameProblem(name: string): string | null {
  const own = Object.entries(argumentOf).find(([key]) => key === name.toLowerCase());
  if (own !== undefined) return `has an argument of its own: ${own[1]}`;
  if (isTopology(name)) return "is part of the topology, which tsm changes by `tsm topology`, not by a configuration key";
  if (isKeyName(name) && !isOwnKey(name)) return null;
  return name === ""
    ? "expected the name of a configuration key, got an empty text"
    : 'expected the name of a configuration key: letters, digits, "_" and "-", parted by dots';
}

/** Which node runs how many of which process, as `worker0.vizqlserver.procs` of earlier releases. */
function isTopology(name: string): boolean {
  return /^(?:topology|workers?|worker[X\d]\d*|nodes?|node\d+)(?:\.|$)/i.test(name) || /\.procs$/i.test(name);
}

function valueProblem(value: unknown): string | null {
  if (isUnknown(value)) return null;
  if (typeof value !== "string") return "expected a text";
  if (value === "") return "expected a text that is not empty; leave a key out to give it back its earlier value";
  if (/[\r\n\0]/.test(value)) return "expected a text of one line: tsm shows values on one line";
  if (value !== value.trim()) return "expected a text without a blank at its beginning or end, which tsm does not show";
  if (/^null$/i.test(value)) return 'expected another text than "null", by which tsm says that a key has no value';
  return value.length > longestKeyValue ? `expected at most ${String(longestKeyValue)} characters` : null;
}
