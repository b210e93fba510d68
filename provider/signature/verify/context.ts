import type { Constraints } from "../policy/constraints";
import type { TrustAnchors } from "../trust/trust-anchors";

/** What a verdict depends on beside the package. */
export interface Context {
  readonly anchors: TrustAnchors;
  /** Those of the anchors that jarsigner would be given as `-keystore`; undefined if all are those of its own JRE. */
  readonly keystore: TrustAnchors | undefined;
  /** Now, milliseconds since 1970. */
  readonly at: number;
  readonly jar: Constraints;
  readonly certPath: Constraints;
  readonly legacy: Constraints;
  /** SHA-256 digests of certificates, hexadecimal. */
  readonly blocked: ReadonlySet<string>;
}
