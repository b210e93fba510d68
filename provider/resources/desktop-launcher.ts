import * as pulumi from "@pulumi/pulumi";
import { desktopLauncher } from "../schema/desktop-launcher";
import { notYet } from "../schema/resource";
import type { DesktopMachineArgs } from "./machine-args";
import { ownUrn } from "./own-urn";
import { providerOf } from "./provider-of";
import { splitMachine } from "./split-machine";
import { tokens } from "./tokens";

/** Arguments of {@link TableauDesktopLauncher}. */
export interface TableauDesktopLauncherArgs {
  /** The machine of a connector developer; `platform` is needed where it is another one than this. */
  machine: pulumi.Input<DesktopMachineArgs>;
  /**
   * Path of the launcher file on the machine, absolute or beginning with "~/"; ends in `.cmd` on Windows, `.command` on
   * macOS, `.desktop` on Linux. Default: "Tableau Desktop for connectors" on the desktop of the login user.
   */
  path?: pulumi.Input<string>;
  /** Path of Tableau Desktop. Default: the usual place of `machine.version`. */
  executable?: pulumi.Input<string>;
  /** Folder whose packages, and folders with a `manifest.xml`, are loaded too. Default: none. */
  connectPluginsPath?: pulumi.Input<string>;
  /** Load packages without verifying their signatures, in starts by this launcher alone. Default: false. */
  disableVerifyConnectorPluginSignature?: pulumi.Input<boolean>;
  /** Overwrite a file of that name that this package did not put there, which else is refused. Default: false. */
  overwriteUnmanaged?: pulumi.Input<boolean>;
}

/**
 * A launcher file, by which a developer of connectors starts Tableau Desktop with the switches for that work. Ordinary
 * starts of Tableau Desktop stay as they are. `desktopLaunch()` gives the same command as a value.
 *
 * @example
 * ```ts
 * new TableauDesktopLauncher("launcher", {
 *   machine: { name: "anna", platform: "macos", version: "2024.2" },
 *   connectPluginsPath: "/Users/anna/connectors",
 *   disableVerifyConnectorPluginSignature: true,
 * });
 * ```
 */
export class TableauDesktopLauncher extends pulumi.CustomResource {
  /** Text of the file; after a refresh what is really there. Known in preview. */
  declare readonly content: pulumi.Output<string>;
  /** Digest of the text; after a refresh what is really there ("absent", "not executable"). Known in preview. */
  declare readonly placed: pulumi.Output<string>;
  /** Path of the file as the machine resolved it. */
  declare readonly file: pulumi.Output<string>;

  constructor(name: string, args: TableauDesktopLauncherArgs, options?: pulumi.CustomResourceOptions) {
    const { machine, path, executable, connectPluginsPath, disableVerifyConnectorPluginSignature, overwriteUnmanaged } = args;
    super(
      tokens.desktopLauncher,
      name,
      {
        ...notYet(desktopLauncher),
        ...splitMachine(machine),
        path,
        executable,
        connectPluginsPath,
        disableVerifyConnectorPluginSignature,
        overwriteUnmanaged,
        __urn: ownUrn(tokens.desktopLauncher, name, options),
        __provider: providerOf("desktopLauncher"),
      },
      options,
    );
  }
}
