import { wallClock } from "../../vocabulary/wall-clock";
import { parseConstraints, type Constraints } from "../policy/constraints";
import type { DisabledAlgorithms } from "../policy/jdk17";
import { openTrustStores, type OpenTrustStores, type TrustSources } from "../trust/open-trust-stores";
import type { TrustAnchors } from "../trust/trust-anchors";

export interface VerifyOptions {
  /**
   * Whom to trust: stores (PEM, JKS or PKCS#12), or what {@link openTrustStores} opened once for many packages. Without any, trust
   * is not judged, and the package not accepted.
   */
  readonly trust?: TrustSources | OpenTrustStores;
  /** The moment to judge by; default: now. */
  readonly at?: Date;
  /** Adds the rules of that version of Tableau, such as `2024.2`. */
  readonly tableauVersion?: string;
  /** Default: those of the JRE that a store lies in, else JDK 17's. */
  readonly disabledAlgorithms?: Partial<DisabledAlgorithms>;
  /** SHA-256 digests of certificates that no chain may contain, hexadecimal; default: `blocked.certs` beside a store. */
  readonly blockedCerts?: ReadonlySet<string>;
}

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

/** @throws TableauError `trust-store-unreadable`. */
export async function contextOf(options: VerifyOptions): Promise<Context> {
  const { trust = {}, at = wallClock(), disabledAlgorithms, blockedCerts } = options;
  const stores = "anchors" in trust ? trust : await openTrustStores(trust);
  const disabled = { ...stores.disabled, ...disabledAlgorithms };
  return {
    anchors: stores.anchors,
    keystore: stores.keystore,
    at: at.getTime(),
    jar: parseConstraints(disabled.jar),
    certPath: parseConstraints(disabled.certPath),
    legacy: parseConstraints(disabled.legacy),
    blocked: blockedCerts ?? stores.blocked,
  };
}
