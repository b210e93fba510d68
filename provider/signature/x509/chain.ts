import { isSelfIssued } from "./certificate";
import type { Certificate } from "./certificate";
import { sameName } from "./name";

/**
 * The chain of a signer, by names, from the certificates of its block: taken greedily and without going back, as Java's
 * SignerInfo.getCertificateChain does. It ends at a self-issued certificate or where no issuer is in the block, which holds at most 100
 * (cms/signed-data.ts): looking through all of them for each is little work.
 */
export function buildChain(signer: Certificate, block: readonly Certificate[]): readonly Certificate[] {
  const chain = [signer];
  if (isSelfIssued(signer)) {
    return chain;
  }
  const pool = [...block];
  let issuer = signer.issuer;
  let start = 0;
  while (start < pool.length) {
    const from = start;
    const index = pool.findIndex((candidate, at) => at >= from && sameName(candidate.subject, issuer));
    const next = pool[index];
    if (next === undefined) {
      break;
    }
    chain.push(next);
    if (isSelfIssued(next)) {
      break;
    }
    issuer = next.issuer;
    const displaced = pool[start];
    if (displaced !== undefined) {
      pool[index] = displaced;
    }
    pool[start] = next;
    start++;
  }
  return chain;
}
