import type { ServerInputs } from "./server-inputs";

/** Store, lock and record of a server, where the program names no folder; must be the same in every program for this server. */
export const defaultStateDirectories: Readonly<Record<NonNullable<ServerInputs["platform"]>, string>> = {
  linux: "/var/opt/pulumi-tableau",
  windows: "C:/ProgramData/pulumi-tableau",
};
