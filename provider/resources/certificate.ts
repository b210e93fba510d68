import * as pulumi from "@pulumi/pulumi";
import { certificate as table } from "../schema/certificate";
import { notYet } from "../schema/resource";
import { ownUrn } from "./own-urn";
import { providerOf } from "./provider-of";
import type { TableauServerArgs } from "./server-args";
import { splitServer } from "./split-server";
import { tokens } from "./tokens";

/** Arguments of {@link TableauTrustedCertificate} that describe the certificate. */
export interface CertificateArgs {
  /**
   * The certificate itself as PEM text, or the path of a PEM or DER file, relative to the project's folder. One that has
   * expired is refused in preview.
   */
  certificate: pulumi.Input<string>;
  /** Its name in the trust stores, in lower case. Default: the common name of its subject and the first digits of its digest. */
  alias?: pulumi.Input<string>;
}

/** Arguments of {@link TableauTrustedCertificate}. */
export interface TableauTrustedCertificateArgs extends CertificateArgs {
  /** The server whose nodes get the certificate. */
  server: pulumi.Input<TableauServerArgs>;
}

/**
 * A certificate that the Java of a server is to trust, stored on every node. It is trusted when the `trust` of
 * {@link TableauServerPluginsConfig} lists it, in the same restart as the connectors. Java then trusts it for everything, also
 * for the TLS connections of JDBC drivers.
 *
 * @example
 * ```ts
 * const authority = new TableauTrustedCertificate("authority", { server, certificate: "certificates/corporate-ca.pem" });
 * const sales = new TableauConnector("sales", { server, source: "connectors/sales.taco", trust: [authority] });
 * new TableauServerPluginsConfig("prod", { server, connectors: [sales], trust: [authority] });
 * ```
 */
export class TableauTrustedCertificate extends pulumi.CustomResource {
  /** Digest of the certificate, which is its SHA-256 fingerprint; known in preview. */
  declare readonly sha256: pulumi.Output<string>;
  /** Its name in the trust stores; known in preview. */
  declare readonly alias: pulumi.Output<string>;
  /** Name in the certificate; known in preview. */
  declare readonly subject: pulumi.Output<string>;
  /** Last moment of its validity; known in preview. */
  declare readonly notAfter: pulumi.Output<string>;
  /** The certificate as PEM text; known in preview. */
  declare readonly pem: pulumi.Output<string>;
  /** By node: the digest in its store; after a refresh what is really there ("absent", "damaged"). Known in preview. */
  declare readonly delivered: pulumi.Output<Record<string, string>>;

  constructor(name: string, args: TableauTrustedCertificateArgs, options?: pulumi.CustomResourceOptions) {
    const { server, certificate, alias } = args;
    super(
      tokens.certificate,
      name,
      {
        ...notYet(table),
        ...splitServer(server),
        certificate,
        alias,
        __urn: ownUrn(tokens.certificate, name, options),
        __provider: providerOf("certificate"),
      },
      options,
    );
  }
}
