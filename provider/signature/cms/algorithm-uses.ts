import type { PssParameters } from "../crypto/pss";

/** An algorithm that a signature depends on, to be checked against the disabled ones. */
export interface AlgorithmUse {
  /** Java's name. */
  readonly name: string;
  /** Where it is used, such as "the signature algorithm". */
  readonly where: string;
  readonly keys: "with-keys" | "algorithm-only";
}

/** PSS names its digests in parameters; they count like those named elsewhere. */
export function pssUses(pss: PssParameters | undefined): AlgorithmUse[] {
  return pss === undefined ? [] : [pss.digest, pss.maskDigest].map((name) => ({ name, where: "PSS", keys: "algorithm-only" }));
}
