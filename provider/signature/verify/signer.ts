import type { AlgorithmUse } from "../cms/algorithm-uses";
import type { Timestamp } from "../cms/timestamp";
import type { Constraints, Use } from "../policy/constraints";
import type { TrustAnchors } from "../trust/trust-anchors";
import type { Certificate } from "../x509/certificate";

/** Somebody who signed the package, with a signature that is right. */
export interface Signer {
  /** Name of the signature block. */
  readonly block: string;
  readonly certificate: Certificate;
  /** The signer's certificate first, as far as the block leads. */
  readonly chain: readonly Certificate[];
  readonly timestamp: Timestamp | undefined;
  readonly uses: readonly AlgorithmUse[];
}

/**
 * When and with which keys some signers signed: algorithms have to be allowed on the latest of their timestamps, or now if one of
 * them has none (Java's JarConstraintsParameters).
 */
export function jarUse(signers: readonly Signer[], anchors: TrustAnchors, now: number): Use {
  const times = signers.map(({ timestamp }) => timestamp?.time);
  const complete = times.length > 0 && times.every((time) => time !== undefined);
  const chains = signers.flatMap(({ chain, timestamp }) => (timestamp === undefined ? [chain] : [chain, timestamp.chain]));
  return {
    date: complete ? times.reduce<number>((latest, time) => Math.max(latest, time), -Infinity) : now,
    keys: chains.flatMap(([first]) => (first === undefined ? [] : [first.publicKey])),
    purpose: "generic",
    jdkAnchor: chains.some((chain) => anchors.named(chain.at(-1)?.issuer.canonical ?? "").some(({ jdk }) => jdk)),
  };
}

/** The first use of a disabled algorithm, as a clause; undefined if there is none. */
export function disabledUse(uses: readonly AlgorithmUse[], use: Use, constraints: Constraints): string | undefined {
  for (const { name, where, keys } of uses) {
    const rule = constraints.disabled(name, use, keys);
    if (rule !== undefined) {
      return `${where} ${name} (${rule})`;
    }
  }
  return undefined;
}

/**
 * Java's lists of disabled algorithms do not see that the digest "SHA" is SHA-1. We do: what they say of SHA-1 holds for that name too.
 */
export function disabledAlias(algorithm: string, use: Use, constraints: Constraints): string | undefined {
  return algorithm.toUpperCase() === "SHA" ? constraints.disabled("SHA-1", use, "algorithm-only") : undefined;
}
