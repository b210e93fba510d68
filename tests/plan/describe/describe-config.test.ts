import { wantedLive } from "../../../provider/plan/compare/live";
import type { ConfigView } from "../../../provider/plan/describe/config-view";
import { describeConfig } from "../../../provider/plan/describe/describe-config";
import { connectors, nodesOf, view } from "../support/config-view";
import { connector } from "../support/servers";

const [a, b] = connectors.map(({ sha256 }) => sha256);

const elsewhere = [
  { name: "node1", address: "other:22" },
  { name: "node2", address: null },
];
const driver = { fileName: "x.jar", sha256: "d".repeat(64) };

const live = (node2: Record<string, string>): Partial<ConfigView> => ({
  live: { node1: { "a_jdbc.taco": a ?? "", "b_jdbc.taco": b ?? "" }, node2 },
});
const other = "0".repeat(64);

describe("the sentence of a preview", () => {
  const table: readonly [string, Partial<ConfigView> | null, Partial<ConfigView>, Parameters<typeof describeConfig>[2]][] = [
    ["nothing differs", {}, {}, "now"],
    ["new", null, {}, "now"],
    ["new, on hold", null, {}, "hold"],
    ["new, outside the window", null, { connectors: [] }, { opensAt: "2026-01-01T22:00:00.000Z" }],
    ["absent, tampered and too many", live({ "a_jdbc.taco": other, "b_jdbc.taco": "absent", "c.taco": other }), {}, "now"],
    ["a mode that hides nothing", live({ "a_jdbc.taco": `${a ?? ""} (mode 0664, owner root)`, "b_jdbc.taco": b ?? "" }), {}, "now"],
    ["the same on hold", live({ "a_jdbc.taco": `${a ?? ""} (mode 0664, owner root)`, "b_jdbc.taco": b ?? "" }), {}, "hold"],
    [
      "a mode that hides",
      live({ "a_jdbc.taco": `${a ?? ""} (mode 0600, owner root: Tableau cannot read it)`, "b_jdbc.taco": b ?? "" }),
      {},
      "now",
    ],
    [
      "a key that goes back",
      { givenBack: [{ name: "disableVerifyConnectorPluginSignature", now: "true", then: { value: null } }] },
      {},
      "now",
    ],
    ["a key that goes back to nobody knows what", { givenBack: [{ name: "connectPluginsPath", now: "/x", then: "unknown" }] }, {}, "now"],
    ["what was retired stays away", { retiresUnlisted: true }, {}, "now"],
    ["a record that is to be written", { record: "to be written" }, {}, "now"],
    ["a restart that is due", { loaded: "restart due since 2026-01-01T00:00:00.000Z" }, {}, "now"],
    ["the server is stopped", { triggers: "1", stopped: true }, { triggers: "2" }, "now"],
    ["another directory", { directory: "/srv/connectors" }, {}, "now"],
    ["unlisted ones are to go", { unlisted: ["node1/old.taco"] }, { retiresUnlisted: true }, "now"],
    [
      "keys",
      { keys: { connectPluginsPath: "/srv" } },
      { keys: { connectPluginsPath: "/opt/x", disableVerifyConnectorPluginSignature: "true" } },
      "now",
    ],
    [
      "keys of the same meaning",
      { keys: { connectPluginsPath: "/srv/" } },
      { keys: { connectPluginsPath: "/srv", disableVerifyConnectorPluginSignature: "false" } },
      "now",
    ],
    [
      "keys that somebody changed, and one that leaves the program",
      {
        keys: { connectPluginsPath: "/srv", disableVerifyConnectorPluginSignature: "true" },
        givenKeys: { connectPluginsPath: "/opt/x", disableVerifyConnectorPluginSignature: "true" },
      },
      { keys: { connectPluginsPath: "/opt/x" } },
      "now",
    ],
    [
      "other bytes and another list",
      live({ "a_jdbc.taco": other, "b_jdbc.taco": b ?? "" }),
      { connectors: connectors.slice(0, 1), live: wantedLive(["node1", "node2"], connectors.slice(0, 1)) },
      "now",
    ],
    [
      "a new version, a new connector with its driver, and one dropped",
      {},
      {
        connectors: [connector("a_jdbc", "1.1.0"), connector("c_jdbc")],
        drivers: [driver],
        live: wantedLive(["node1", "node2"], [connector("a_jdbc", "1.1.0"), connector("c_jdbc"), driver]),
      },
      "now",
    ],
    ["other addresses", {}, { nodes: elsewhere }, "now"],
    ["other addresses, outside the window", {}, { nodes: elsewhere }, { opensAt: "2026-01-01T22:00:00.000Z" }],
    ["another initial node", {}, { nodes: nodesOf(["node2", "node1"]) }, "now"],
    ["another state directory", {}, { stateDirectory: "/srv/state" }, "now"],
    ["another folder of drivers", { drivers: [driver] }, { drivers: [driver], driversDirectory: "/srv/jdbc" }, "now"],
    ["another placement in the same folder", {}, { placement: "path" }, "now"],
    ["unlisted ones are to go, and none is known", {}, { retiresUnlisted: true }, "now"],
    ["it is taken over", {}, { takesOver: true }, "now"],
    ["another stack owns it", { loaded: "belongs to the stack shop/other" }, {}, "now"],
    ["another stack owns it, and it is taken over", { loaded: "belongs to the stack shop/other" }, { takesOver: true }, "now"],
    ["a change that is due", { due: "1 file changes, 0 key changes, one restart; activation is on hold" }, {}, "now"],
    ["a failure after which nobody could look", { loaded: "not known: the server could not be looked at after a failure" }, {}, "now"],
    ["another name of the owner", { owner: "shop/earlier (prod)" }, {}, "now"],
    ["a node that joined", { nodes: nodesOf(["node1"]), live: wantedLive(["node1"], connectors) }, {}, "hold"],
  ];

  test.each(table)("%s", (_name, there, wanted, activation) => {
    expect(describeConfig(there === null ? null : view(there), view(wanted), activation)).toMatchSnapshot();
  });
});
