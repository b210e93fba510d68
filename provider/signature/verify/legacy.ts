import { finding } from "../findings";
import type { Finding } from "../findings";
import type { Context } from "./context";
import { disabledUse, jarUse } from "./signer";
import type { Signer } from "./signer";

/** Warns about algorithms and keys that a coming Java will refuse (jdk.security.legacyAlgorithms). */
export function legacyFindings(signer: Signer, context: Context): Finding[] {
  const use = jarUse([signer], context.anchors, context.at);
  const legacy = disabledUse([...signer.uses, ...(signer.timestamp?.uses ?? [])], use, context.legacy);
  return legacy === undefined ? [] : [finding("algorithm-legacy", `The signature in ${signer.block} uses ${legacy}.`)];
}
