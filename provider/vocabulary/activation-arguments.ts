/**
 * Names of the activation arguments of a config: what the program may give, and what a refresh hands back to the engine.
 * One that were missing in a list of its own would be dropped in silence.
 */
export const activationArguments = [
  "connectPluginsPath",
  "disableVerifyConnectorPluginSignature",
  "activation",
  "restartWindow",
  "foreignPendingChanges",
  "unlistedConnectors",
  "overwriteUnmanaged",
  "acceptBreaking",
  "restartTriggers",
  "takeOver",
  "rollback",
  "timeouts",
] as const;
