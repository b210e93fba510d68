import { field, type Drafts, type Inputs } from "./field";
import { byName, object, text } from "./kinds";
import { resource } from "./resource";
import { aliasOfCertificate, listedDigest } from "./rules";
import { credentialInputs, serverArguments, serverInputs } from "./server";

const says = "The server whose nodes get the certificate.";

/** Arguments that describe a certificate. */
export const certificateArguments = {
  certificate: field(text, {
    need: "required",
    says: "The certificate itself as PEM text, or the path of a PEM or DER file, relative to the project's folder. One that has expired is refused in preview.",
    preview: "needed",
    see: "docs/certificates.md",
  }),
  alias: field(text, {
    says: "Its name in the trust stores, in lower case.",
    otherwise: "the common name of its subject and the first digits of its digest",
    preview: "needed",
    rules: [aliasOfCertificate],
  }),
};

/** What a config, or a connector that needs it, lists of a certificate. */
export const certificateRef = object("CertificateRef", {
  alias: field(text, { need: "required", says: "Its name in the trust stores.", rules: [aliasOfCertificate] }),
  sha256: field(text, { need: "required", says: "Digest of the certificate.", rules: [listedDigest] }),
  pem: field(text, { says: "The certificate as PEM text; a connector needs it.", otherwise: "none" }),
});

/** TableauTrustedCertificate. */
export const certificate = resource({
  name: "TableauTrustedCertificate",
  says: "A certificate that the Java of a server is to trust, stored on every node. It is trusted when the `trust` of `TableauServerPluginsConfig` lists it, in the same restart as the connectors. Java then trusts it for everything, also for the TLS connections of JDBC drivers.",
  arguments: {
    server: field(object("TableauServerArgs", serverArguments), { need: "required", says }),
    ...certificateArguments,
  },
  given: {
    server: field(object("TableauServerArgs", serverInputs), { need: "required", says, missing: "is missing: expected { name, nodes }" }),
    credentials: field(object("Credentials", credentialInputs), {
      says: "Secrets of the server's connections.",
      secret: true,
      hidden: true,
    }),
    ...certificateArguments,
  },
  computed: {
    sha256: field(text, { need: "computed", says: "Digest of the certificate, which is its SHA-256 fingerprint; known in preview." }),
    alias: field(text, { need: "computed", says: "Its name in the trust stores; known in preview." }),
    subject: field(text, { need: "computed", says: "Name in the certificate; known in preview." }),
    notAfter: field(text, { need: "computed", says: "Last moment of its validity; known in preview." }),
    pem: field(text, { need: "computed", says: "The certificate as PEM text; known in preview." }),
    delivered: field(byName(text), {
      need: "computed",
      says: 'By node: the digest in its store; after a refresh what is really there ("absent", "damaged"). Known in preview.',
    }),
  },
  outputs: {},
});

export type CertificateDraft = Drafts<typeof certificate.given>;
export type CertificateInputs = Inputs<typeof certificate.inputs>;
