import type { Properties } from "../lifecycle/lifecycle";
import type { KindName } from "../lifecycle/lifecycles";

/** A kind of resource as the plugin serves it. */
export interface Kind {
  readonly lifecycle: KindName;
  /** Outputs that only an operation knows. */
  readonly later: readonly string[];
  /** What a config lists of it; absent: no config lists it. */
  readonly ref?: readonly string[];
}

/** By type token. Tokens are a public name in every state and never change. */
export const kinds: Readonly<Record<string, Kind>> = {
  "tableau:index:TableauConnector": {
    lifecycle: "connector",
    later: [],
    ref: ["fileName", "sha256", "pluginClass", "pluginVersion", "minVersionTableau", "signature"],
  },
  "tableau:index:TableauDriver": { lifecycle: "driver", later: [], ref: ["fileName", "sha256"] },
  "tableau:index:TableauTrustedCertificate": { lifecycle: "certificate", later: [], ref: ["alias", "sha256", "pem"] },
  "tableau:index:TableauServerPluginsConfig": {
    lifecycle: "config",
    later: ["applied", "running", "activationDue", "serverStatus", "tableauVersion", "lastActivation", "unlisted"],
  },
  "tableau:index:TableauDesktopConnector": { lifecycle: "desktopConnector", later: ["folder"] },
  "tableau:index:TableauDesktopLauncher": { lifecycle: "desktopLauncher", later: ["file"] },
};

/** What documentation says of the output `ref`. */
export const refOutput = "What a `TableauServerPluginsConfig` lists of it; known in preview.";

/**
 * What a config lists: other languages than TypeScript cannot make it of the resource by themselves. It also says what the file was made
 * for, without anything secret, so that preview refuses it in the config of another place.
 */
export function refOf({ ref }: Kind, { server, machine, ...properties }: Properties): Properties {
  if (ref === undefined) return {};
  const origin = machine === undefined ? { server } : { machine };
  return { ref: { ...Object.fromEntries(ref.map((name) => [name, properties[name] ?? null])), origin } };
}
