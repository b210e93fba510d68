import { current, wantedLive } from "../../../provider/plan/compare/live";
import type { ConfigView } from "../../../provider/plan/describe/config-view";
import { linuxLayout } from "../../../provider/plan/placement/layout";
import { connector } from "./servers";

export const connectors = [connector("a_jdbc"), connector("b_jdbc", "2.0.0")];

/** A server that is as the program wants it, unless `parts` say otherwise. */
export function view(parts: Partial<ConfigView> = {}): ConfigView {
  return {
    server: "prod",
    owner: "shop/dev (prod)",
    placement: "automatic",
    directory: linuxLayout.connectors,
    driversDirectory: linuxLayout.drivers,
    stateDirectory: "/var/opt/pulumi-tableau",
    drivers: [],
    trust: [],
    trusted: {},
    nodes: nodesOf(["node1", "node2"]),
    connectors,
    live: wantedLive(["node1", "node2"], connectors),
    loaded: current,
    record: "written",
    givenBack: [],
    due: null,
    keys: {},
    givenKeys: parts.keys ?? {},
    otherKeys: {},
    givenOtherKeys: {},
    triggers: null,
    stopped: false,
    unlisted: [],
    retiresUnlisted: false,
    takesOver: false,
    ...parts,
  };
}

export function nodesOf(names: readonly string[]): ConfigView["nodes"] {
  return names.map((name) => ({ name, address: `${name}:22` }));
}
