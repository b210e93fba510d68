import * as pulumi from "@pulumi/pulumi";
import { TableauDesktopConnector, TableauDesktopLauncher, type DesktopMachineArgs } from "pulumi-tableau";

type Machine = pulumi.Unwrap<DesktopMachineArgs>;

const config = new pulumi.Config();
const machines = config.requireSecretObject<Machine[]>("machines");
// Their number and their names are no secret: the resources are called after them.
const names = config.requireObject<string[]>("names");
const machine = (index: number): pulumi.Output<DesktopMachineArgs> => machines.apply((all) => all[index] as DesktopMachineArgs);

/** By machine: the folder, and the program that has to be started again. */
export const placed = names.map((name, index) => {
  const connector = new TableauDesktopConnector(name, { machine: machine(index), source: "connectors/clickhouse_jdbc.taco" });
  return { name, folder: connector.folder, relaunch: connector.relaunch };
});

// A developer's own start of Tableau Desktop, which also loads the connectors in that folder. Ordinary starts stay as they are.
const developer = config.getObject<{ index: number; platform: "windows" | "macos"; version: string; folder: string }>("developer");
if (developer !== undefined) {
  const { index, platform, version, folder } = developer;
  new TableauDesktopLauncher("launcher", {
    machine: machine(index).apply((one) => ({ ...one, platform, version })),
    connectPluginsPath: folder,
    disableVerifyConnectorPluginSignature: true,
  });
}
