import { addressesOfServer } from "../../lifecycle/server/places";
import { isDrift } from "../../lifecycle/config/keys-seen";
import { toView } from "../../lifecycle/config/to-view";
import { belongsElsewhere, current, wantedLive } from "../../plan/compare/live";
import { foresee } from "../../plan/describe/foresee";
import type { ConfigState } from "../../schema/config";
import { connectPluginsPathKey, disableVerifyKey } from "../../vocabulary/keys";

/** What somebody else than the program made different on a server, in the words of a preview. */
export function driftOfConfig(config: ConfigState): string[] {
  const { server, connectors, drivers = [], loaded, topology, activationDue = null } = config;
  // What another owner's server runs is no drift of this one.
  if (loaded.startsWith(belongsElsewhere)) return [];
  const names = server.nodes.map(({ name }) => name);
  const keys = keysOfOurs(config);
  const there = { ...toView(config, addressesOfServer(server)), loaded: isKeyDrift(loaded) ? loaded : current, due: null };
  const seen = { ...there, keys: { ...there.keys, ...appliedOf(config) }, givenKeys: keys };
  // While an activation waits, what is live is what was there before it.
  const live = activationDue === null ? wantedLive(names, [...connectors, ...drivers]) : there.live;
  const differences = foresee(seen, { ...there, live, loaded: current, keys, givenKeys: keys, record: "written" });
  return [
    ...differences.filter(({ by }) => by === "somebody").map(({ text }) => text),
    ...Object.entries(config.keys ?? {}).flatMap(([key, value]) => (isDrift(value) ? [`${key} differs`] : [])),
    ...topologyDrift(server.allowPartialCluster === true ? [] : topology, names),
  ];
}

/** Whether `loaded` tells of a restart that is due. */
export function isRestartDue(loaded: string): boolean {
  return loaded.startsWith("restart due");
}

function isKeyDrift(loaded: string): boolean {
  return loaded !== current && !isRestartDue(loaded) && !loaded.startsWith("not known");
}

// A refresh puts what it saw in the place of what the program said; what we had applied tells the two apart.
function keysOfOurs({ remembered = null }: ConfigState): Readonly<Record<string, string | undefined>> {
  const ours = (key: typeof connectPluginsPathKey | typeof disableVerifyKey): string | undefined =>
    remembered?.keys[key]?.applied ?? undefined;
  return { connectPluginsPath: ours(connectPluginsPathKey), disableVerifyConnectorPluginSignature: ours(disableVerifyKey) };
}

function appliedOf({ applied }: ConfigState): Readonly<Record<string, string | undefined>> {
  if (applied === undefined) return {};
  return {
    connectPluginsPath: applied.connectPluginsPath ?? undefined,
    disableVerifyConnectorPluginSignature: applied.disableVerifyConnectorPluginSignature ?? undefined,
  };
}

function topologyDrift(topology: readonly string[], names: readonly string[]): string[] {
  if (topology.length === 0) return [];
  return [
    ...topology.filter((name) => !names.includes(name)).map((name) => `${name} is in the cluster and not in the program`),
    ...names.filter((name) => !topology.includes(name)).map((name) => `${name} is in the program and not in the cluster`),
  ];
}
