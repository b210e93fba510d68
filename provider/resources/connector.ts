import * as pulumi from "@pulumi/pulumi";
import { connector } from "../schema/connector";
import { notYet } from "../schema/resource";
import type { SignatureSummary } from "../lifecycle/package/signature-summary";
import { ownUrn } from "./own-urn";
import type { TableauTrustedCertificate } from "./certificate";
import { toCertificateRef, type CertificateRef } from "./certificate-ref";
import { providerOf } from "./provider-of";
import type { TableauServerArgs } from "./server-args";
import { splitServer } from "./split-server";
import { tokens } from "./tokens";

/** Arguments of {@link TableauConnector} that describe the package. */
export interface PackageArgs {
  /**
   * Path of a `.taco` file, relative to the project's folder, or an `https:` address, which needs `sha256`. It is read in
   * preview, which fails with the reason if it is no usable package. For a server it may be the folder of a connector
   * under development, which needs `requireSignature: false` and `placement: "path"`.
   */
  source: pulumi.Input<string>;
  /** Pin: 64 lower-case hexadecimal digits. Any other package is refused in preview. Default: none, any package is taken. */
  sha256?: pulumi.Input<string>;
  /** Name the package goes live under; ends in `.taco`. Default: the source's own name. */
  fileName?: pulumi.Input<string>;
  /** Refuse a package whose signature this server would refuse. Default: true. */
  requireSignature?: pulumi.Input<boolean>;
  /** PEM, JKS or PKCS#12 file with the certificates to trust. Default: the server's own; where a node has none that can be read, the package is refused. */
  trustStore?: pulumi.Input<string>;
}

/** Arguments of {@link TableauConnector}. */
export interface TableauConnectorArgs extends PackageArgs {
  /** The server whose nodes get the package. */
  server: pulumi.Input<TableauServerArgs>;
  /**
   * Certificates that the package needs, and that the same `up` has the server trust: in preview and on delivery they count as
   * trusted already. `trust` of {@link TableauServerPluginsConfig} has to list them too. Default: none.
   */
  trust?: (TableauTrustedCertificate | CertificateRef)[];
}

/**
 * A connector package that has been checked and is stored, verified by its digest, on every node of a server. It is not live
 * until {@link TableauServerPluginsConfig} lists it.
 *
 * @example
 * ```ts
 * const clickhouse = new TableauConnector("clickhouse", { server, source: "connectors/clickhouse_jdbc.taco" });
 * ```
 */
export class TableauConnector extends pulumi.CustomResource {
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
  /** By node: the digest in its store; after a refresh what is really there ("absent", "damaged"). Known in preview. */
  declare readonly delivered: pulumi.Output<Record<string, string>>;

  constructor(name: string, args: TableauConnectorArgs, options?: pulumi.CustomResourceOptions) {
    const { server, source, sha256, fileName, requireSignature, trustStore, trust } = args;
    super(
      tokens.connector,
      name,
      {
        ...notYet(connector),
        ...splitServer(server),
        source,
        sha256,
        fileName,
        requireSignature,
        trustStore,
        trust: trust?.map(toCertificateRef),
        __urn: ownUrn(tokens.connector, name, options),
        __provider: providerOf("connector"),
      },
      options,
    );
  }
}
