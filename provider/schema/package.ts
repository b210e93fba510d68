import { field, type Inputs } from "./field";
import { anyText, flag, list, object, text, word } from "./kinds";
import { pin } from "./rules";

/** What a package itself says of its signature. */
const signature = object("SignatureSummary", {
  status: field(word("signed", "unsigned", "invalid", "unchecked"), {
    need: "required",
    says: "`signed`: every file is covered by a good signature. `invalid`: there is one, and it is not valid. `unchecked`: nobody looked.",
  }),
  signers: field(
    list(
      object("SignerSummary", {
        subject: field(anyText, { need: "required", says: "Name in the signer's certificate." }),
        issuer: field(anyText, { need: "required", says: "Name of the authority that issued it." }),
        notBefore: field(anyText, { need: "required", says: "First moment of its validity." }),
        notAfter: field(anyText, { need: "required", says: "Last moment of its validity." }),
        timestamp: field(anyText, { need: "required", says: 'When the signature was timestamped, or "none".' }),
      }),
    ),
    { need: "required", says: "Who signed it, as far as that can be read." },
  ),
});

/** Arguments that name a package, the same for a server and for a person's machine. */
export const packageArguments = {
  source: field(text, {
    need: "required",
    says: 'Path of a `.taco` file, relative to the project\'s folder, or an `https:` address, which needs `sha256`. It is read in preview, which fails with the reason if it is no usable package. For a server it may be the folder of a connector under development, which needs `requireSignature: false` and `placement: "path"`.',
    preview: "needed",
  }),
  sha256: field(text, {
    says: "Pin: 64 lower-case hexadecimal digits. Any other package is refused in preview.",
    otherwise: "none, any package is taken",
    preview: "needed",
    rules: [pin],
  }),
  fileName: field(text, {
    says: "Name the package goes live under; ends in `.taco`.",
    otherwise: "the source's own name",
    preview: "needed",
  }),
  requireSignature: field(flag, { says: "Refuse a package whose signature this server would refuse.", default: true }),
  trustStore: field(text, {
    says: "PEM, JKS or PKCS#12 file with the certificates to trust.",
    otherwise: "the server's own; where a node has none that can be read, the package is refused",
  }),
};

/** What `check` reads in a package. */
export const packageComputed = {
  sha256: field(text, { need: "computed", says: "Digest of the package; known in preview." }),
  fileName: field(text, { need: "computed", says: "Name the package goes live under; known in preview." }),
  pluginClass: field(text, {
    need: "computed",
    says: "`class` of the package's manifest: Tableau registers one connector for each. Known in preview.",
  }),
  pluginVersion: field(text, { need: "computed", says: "`plugin-version` of the package's manifest; known in preview." }),
  minVersionTableau: field(text, {
    need: "computed",
    says: '`min-version-tableau` of the package\'s manifest, "2019.4" where it has none; known in preview.',
  }),
  signature: field(signature, { need: "computed", says: "What the package itself says of its signature; known in preview." }),
};

export type PackageComputed = Inputs<typeof packageComputed>;
