import type * as pulumi from "@pulumi/pulumi";
import type { TableauTrustedCertificate } from "./certificate";
import { type Origin, originOf } from "./origin";

/** A delivered certificate as a config or a connector lists it: the outputs of a `TableauTrustedCertificate`. */
export interface CertificateRef {
  /** Its name in the trust stores. */
  alias: pulumi.Input<string>;
  /** Digest of the certificate. */
  sha256: pulumi.Input<string>;
  /** The certificate as PEM text; a connector needs it. Default: none. */
  pem?: pulumi.Input<string>;
}

/** A resource passed as a value would arrive as its id: see refs.ts. */
export function toCertificateRef(certificate: TableauTrustedCertificate | CertificateRef): CertificateRef & Origin {
  const { alias, sha256, pem } = certificate;
  return { alias, sha256, ...(pem === undefined ? {} : { pem }), ...originOf(certificate) };
}
