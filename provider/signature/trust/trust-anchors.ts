import type { Certificate } from "../x509/certificate";

/** Certificates that are trusted without further proof, from one store or several. */
export interface TrustAnchors {
  readonly anchors: readonly Anchor[];
  has(certificate: Certificate): boolean;
  /** Anchors whose subject is that canonical name. */
  named(canonical: string): readonly Anchor[];
  /** Whether a store holds that very certificate, as an anchor or beside a private key. */
  holds(certificate: Certificate): boolean;
}

export interface Anchor {
  readonly certificate: Certificate;
  /** Whether it came with the JDK (its alias says so): some rules of java.security hold only for those. */
  readonly jdk: boolean;
}

/** What a store file contains. */
export interface StoreContents {
  readonly anchors: readonly Anchor[];
  /** Certificates that stand in the store but are no anchors, such as those of private keys. */
  readonly others: readonly Certificate[];
}

export function collectAnchors(stores: readonly StoreContents[]): TrustAnchors {
  const anchors = stores.flatMap((store) => store.anchors);
  const digests = new Set(anchors.map(({ certificate }) => certificate.sha256));
  const held = new Set([...digests, ...stores.flatMap((store) => store.others.map(({ sha256 }) => sha256))]);
  const byName = new Map<string, Anchor[]>();
  for (const anchor of anchors) {
    const { canonical } = anchor.certificate.subject;
    const sameName = byName.get(canonical) ?? [];
    byName.set(canonical, sameName);
    sameName.push(anchor);
  }
  return {
    anchors,
    has: (certificate) => digests.has(certificate.sha256),
    named: (canonical) => byName.get(canonical) ?? [],
    holds: (certificate) => held.has(certificate.sha256),
  };
}
