import * as pulumi from "@pulumi/pulumi";
import { driver } from "../schema/driver";
import { notYet } from "../schema/resource";
import type { DesktopMachineArgs } from "./machine-args";
import { ownUrn } from "./own-urn";
import { providerOf } from "./provider-of";
import type { TableauServerArgs } from "./server-args";
import { splitMachine } from "./split-machine";
import { splitServer } from "./split-server";
import { tokens } from "./tokens";

/** Arguments of {@link TableauDriver} that describe the file. */
export interface DriverArgs {
  /** Path of a `.jar` file, relative to the project's folder, or an `https:` address, which needs `sha256`. */
  source: pulumi.Input<string>;
  /** Pin: 64 lower-case hexadecimal digits. Any other file is refused in preview. Default: none, any file is taken. */
  sha256?: pulumi.Input<string>;
  /** Name the driver goes live under; ends in `.jar`. Default: the source's own name. */
  fileName?: pulumi.Input<string>;
}

/** Arguments of {@link TableauDriver}: exactly one of `server` and `machine`. */
export interface TableauDriverArgs extends DriverArgs {
  /** The server whose nodes get the driver. */
  server?: pulumi.Input<TableauServerArgs>;
  /** The machine of a person, or of Tableau Bridge, that gets the driver. */
  machine?: pulumi.Input<DesktopMachineArgs>;
  /**
   * With `machine`: overwrite a different file of that name that this package did not put there. With `server` it is an
   * argument of {@link TableauServerPluginsConfig}. Default: false.
   */
  overwriteUnmanaged?: pulumi.Input<boolean>;
}

/**
 * A JDBC driver, verified by its digest, for a server or for one machine. Nobody checks a signature of drivers, so pin them.
 * An ODBC driver is installed by its own installer and is no file that could be placed.
 *
 * With `server` it is stored on every node. It goes live with its connector, in one restart, when the `drivers` of
 * {@link TableauServerPluginsConfig} list it.
 *
 * With `machine` it is placed at once into the folder that Tableau Desktop, Tableau Prep Builder or Tableau Bridge reads its
 * drivers from. It is loaded when that program is started again, which stays with the person who uses it.
 *
 * @example
 * ```ts
 * const driver = new TableauDriver("postgresql", { server, source: "drivers/postgresql-42.7.4.jar" });
 * new TableauServerPluginsConfig("prod", { server, connectors: [postgresql], drivers: [driver] });
 *
 * const machine = { name: "anna", connection: { host: "anna.example.com", user: "anna" } };
 * new TableauDriver("postgresql-anna", { machine, source: "drivers/postgresql-42.7.4.jar" });
 * ```
 */
export class TableauDriver extends pulumi.CustomResource {
  /** Digest of the file; known in preview. */
  declare readonly sha256: pulumi.Output<string>;
  /** Name the driver goes live under; known in preview. */
  declare readonly fileName: pulumi.Output<string>;
  /** With `server`, by node: the digest in its store; after a refresh what is really there ("absent", "damaged"). Known in preview. */
  declare readonly delivered: pulumi.Output<Record<string, string> | undefined>;
  /** With `machine`: digest of the file in its place; after a refresh what is really there ("absent", another digest). Known in preview. */
  declare readonly placed: pulumi.Output<string | undefined>;
  /** With `machine`: the program that has to be started again, such as "Tableau Desktop"; known in preview. */
  declare readonly relaunch: pulumi.Output<string | undefined>;
  /** With `machine`: the folder on it that the file is in. */
  declare readonly folder: pulumi.Output<string | undefined>;

  constructor(name: string, args: TableauDriverArgs, options?: pulumi.CustomResourceOptions) {
    const { server, machine, source, sha256, fileName, overwriteUnmanaged } = args;
    super(
      tokens.driver,
      name,
      {
        ...notYet(driver),
        ...(server === undefined ? {} : splitServer(server)),
        ...(machine === undefined ? {} : splitMachine(machine)),
        source,
        sha256,
        fileName,
        overwriteUnmanaged,
        __urn: ownUrn(tokens.driver, name, options),
        __provider: providerOf("driver"),
      },
      options,
    );
  }
}
