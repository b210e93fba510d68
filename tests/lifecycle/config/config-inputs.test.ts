import { inputNames, type ConfigInputs } from "../../../provider/lifecycle/config/config-inputs";

test("a refresh hands every input back", () => {
  const server = { name: "prod", nodes: [{ name: "node1" }] };
  const inputs: Required<ConfigInputs> = {
    server,
    credentials: {},
    connectors: [],
    drivers: [],
    connectPluginsPath: "/srv/c",
    disableVerifyConnectorPluginSignature: false,
    activation: "hold",
    restartWindow: { from: "22:00", to: "04:00", timeZone: "Europe/Berlin" },
    foreignPendingChanges: "apply",
    unlistedConnectors: "retire",
    overwriteUnmanaged: true,
    acceptBreaking: [],
    restartTriggers: [1],
    takeOver: true,
    rollback: false,
    timeouts: {},
    live: {},
    loaded: "current",
    topology: [],
    __urn: "urn:pulumi:dev::shop::t::prod",
  };
  expect([...inputNames].sort()).toEqual([...Object.keys(inputs), "__provider"].sort());
});
