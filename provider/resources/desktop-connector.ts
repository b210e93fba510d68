import * as pulumi from "@pulumi/pulumi";
import { desktopConnector } from "../schema/desktop-connector";
import { notYet } from "../schema/resource";
import type { SignatureSummary } from "../lifecycle/package/signature-summary";
import type { PackageArgs } from "./connector";
import type { DesktopMachineArgs } from "./machine-args";
import { ownUrn } from "./own-urn";
import { providerOf } from "./provider-of";
import { splitMachine } from "./split-machine";
import { tokens } from "./tokens";

/** Arguments of {@link TableauDesktopConnector}. */
export interface TableauDesktopConnectorArgs extends PackageArgs {
  /** The machine that gets the package. */
  machine: pulumi.Input<DesktopMachineArgs>;
  /**
   * Overwrite a different file of that name that this package did not put there, which else is refused. Default: false.
   */
  overwriteUnmanaged?: pulumi.Input<boolean>;
}

/**
 * A connector package, checked, is among the connectors of Tableau Desktop, Tableau Prep Builder or Tableau Bridge on one
 * machine. It is loaded when that program is started again, which stays with the person who uses it.
 *
 * @example
 * ```ts
 * const machine = { name: "anna", connection: { host: "anna.example.com", user: "anna" } };
 * const clickhouse = new TableauDesktopConnector("clickhouse", { machine, source: "connectors/clickhouse_jdbc.taco" });
 * ```
 */
export class TableauDesktopConnector extends pulumi.CustomResource {
  /** Digest of the package; known in preview. */
  declare readonly sha256: pulumi.Output<string>;
  /** Name the package goes live under; known in preview. */
  declare readonly fileName: pulumi.Output<string>;
  /** `class` of the package's manifest: Tableau registers one connector for each. Known in preview. */
  declare readonly pluginClass: pulumi.Output<string>;
  /** `plugin-version` of the package's manifest; known in preview. */
  declare readonly pluginVersion: pulumi.Output<string>;
  /** `min-version-tableau` of the package's manifest, "2019.4" where it has none; known in preview. */
  declare readonly minVersionTableau: pulumi.Output<string>;
  /** What the package itself says of its signature; known in preview. */
  declare readonly signature: pulumi.Output<SignatureSummary>;
  /** Digest of the file in its place; after a refresh what is really there ("absent", another digest). Known in preview. */
  declare readonly placed: pulumi.Output<string>;
  /** The program that has to be started again, such as "Tableau Desktop"; known in preview. */
  declare readonly relaunch: pulumi.Output<string>;
  /** The folder on the machine that the file is in. */
  declare readonly folder: pulumi.Output<string>;

  constructor(name: string, args: TableauDesktopConnectorArgs, options?: pulumi.CustomResourceOptions) {
    const { machine, source, sha256, fileName, requireSignature, trustStore, overwriteUnmanaged } = args;
    super(
      tokens.desktopConnector,
      name,
      {
        ...notYet(desktopConnector),
        ...splitMachine(machine),
        source,
        sha256,
        fileName,
        requireSignature,
        trustStore,
        overwriteUnmanaged,
        __urn: ownUrn(tokens.desktopConnector, name, options),
        __provider: providerOf("desktopConnector"),
      },
      options,
    );
  }
}
