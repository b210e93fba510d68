import type { Switches } from "../switches";

// Sentences that public sources confirm; see tableau-server.md, section 3.
export const noPendingConfiguration = "There are no pending configuration changes.";
export const noPendingTopology = "There are no pending topology changes.";
export const restartRequired = "These changes will require a server restart.";
export const applySucceeded = "Successfully deployed nodes with updated configuration and topology version.";
export const applyCancelled = "Canceling job to avoid restarting server";

export const deploymentSteps = [
  "Retrieving the topology to deploy.",
  "Retrieving the configuration to deploy.",
  "Validating the new topology.",
  "Determining if server needs to be started.",
  "Disabling all services.",
  "Waiting for the services to stop.",
  "Updating nodes to new topology.",
  "Waiting for topology to be applied.",
  "Updating nodes to new configuration.",
  "Disabling all services.",
  "Waiting for the services to stop.",
  "Reconfiguring services.",
  "Waiting for services to reconfigure.",
  "Enabling all services.",
  "Waiting for the services to start.",
] as const;

/** The steps of a deployment without a restart, shortened as one public runbook shows it. */
export const quietDeploymentSteps = [
  "Retrieving the topology to deploy.",
  "Retrieving the configuration to deploy.",
  "Validating the new topology.",
  "Updating nodes to new configuration.",
  "Reconfiguring services.",
  "Waiting for services to reconfigure.",
] as const;

/** One line of progress. The line for 86% is known to end in blanks. */
export function progressLine(steps: readonly string[], index: number): string {
  const percent = Math.floor(((index + 1) * 100) / steps.length);
  return `${percent}% - ${steps[index] ?? ""}${percent === 86 ? "    " : ""}`;
}

export function unknownKey(key: string, similar: readonly string[]): string[] {
  return [`Unknown key: ${key}.`, ...(similar.length === 0 ? [] : ["Known keys:", ...similar])];
}

export function unknownKeySet(key: string): string[] {
  return [
    `Configuration error: At least one configuration value you specified does not match a known configuration key. This applies to the following keys: '[${key}]'`,
    "",
    "Use this parameter to override unknown key error: --force-keys",
  ];
}

// What follows is not public: the wording is the simulator's, by switch.

export const restartQuestions: Readonly<Record<Switches["promptWording"], string>> = {
  recalled: "This operation will perform a server restart. Are you sure you wish to continue?\n(y/n): ",
  short: "Restart now? [y/N] ",
  none: "",
};

export const unsetValues: Readonly<Record<Switches["unsetValue"], string>> = {
  Null: "Null",
  null: "null",
  empty: "",
  text: "No value is configured for this key. The default value is used.",
};

export function failureLines(setting: Switches["failureText"], id: number, reason: string): string[] {
  if (setting === "sentence") return [`The job failed: ${reason}`];
  if (setting === "job") return [`Job id '${id}' ended with status Failed.`, reason];
  return [
    "An unexpected error occurred.",
    `com.tableausoftware.tabadmin.JobException: ${reason}`,
    "    at com.tableausoftware.tabadmin.Jobs.run(Jobs.java:112)",
  ];
}

export function timeoutLines(setting: Switches["timeoutText"], id: number): string[] {
  if (setting === "sentence") return [`Timed out waiting for job id '${id}'. The job is still running.`];
  return setting === "exception" ? ["java.util.concurrent.TimeoutException: request timeout"] : [];
}
