/** One value for every activation argument of a config. Who takes it for `Required<...>` does not compile where one is missing. */
export const everyActivationArgument = {
  connectPluginsPath: "/srv/c",
  disableVerifyConnectorPluginSignature: false,
  activation: "hold" as const,
  restartWindow: { from: "22:00", to: "04:00", timeZone: "Europe/Berlin" },
  foreignPendingChanges: "apply" as const,
  unlistedConnectors: "retire" as const,
  overwriteUnmanaged: true,
  acceptBreaking: ["x.taco"],
  restartTriggers: [1],
  takeOver: true,
  rollback: false,
  timeouts: { ready: 1 },
};
