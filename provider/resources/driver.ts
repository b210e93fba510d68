import * as pulumi from "@pulumi/pulumi";
import { providerText } from "../engine/provider-text";
import { ownUrn } from "./own-urn";
import type { TableauServerArgs } from "./server-args";
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

/** Arguments of {@link TableauDriver}. */
export interface TableauDriverArgs extends DriverArgs {
  /** The server whose nodes get the driver. */
  server: pulumi.Input<TableauServerArgs>;
}

/**
 * A JDBC driver lies ready in the store of every node of a server, verified by its digest. Nothing is live by that: the
 * `drivers` of {@link TableauServerPluginsConfig} make it so, together with its connector, in one restart. Nobody checks a
 * signature of drivers, so pin them. An ODBC driver is installed by its own installer and is no file that could be placed.
 *
 * @example
 * ```ts
 * const driver = new TableauDriver("postgresql", { server, source: "drivers/postgresql-42.7.4.jar" });
 * new TableauServerPluginsConfig("prod", { server, connectors: [postgresql], drivers: [driver] });
 * ```
 */
export class TableauDriver extends pulumi.CustomResource {
  /** Digest of the file; known in preview. */
  declare readonly sha256: pulumi.Output<string>;
  /** Name the driver goes live under; known in preview. */
  declare readonly fileName: pulumi.Output<string>;
  /** By node: the digest in its store; after a refresh what is really there ("absent", "damaged"). Known in preview. */
  declare readonly delivered: pulumi.Output<Record<string, string>>;

  constructor(name: string, args: TableauDriverArgs, options?: pulumi.CustomResourceOptions) {
    const { server, source, sha256, fileName } = args;
    super(
      tokens.driver,
      name,
      {
        ...splitServer(server),
        source,
        sha256,
        fileName,
        delivered: undefined,
        __urn: ownUrn(tokens.driver, name, options),
        __provider: providerText("driver"),
      },
      options,
    );
  }
}
