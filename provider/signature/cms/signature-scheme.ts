import { Asn1Error } from "../asn1/asn1-error";
import { digestNames, signatureAlgorithms } from "../crypto/algorithm-names";
import { readPssParameters } from "../crypto/pss";
import type { SignatureScheme } from "../crypto/verify-signature";
import { SignatureProblem } from "../signature-problem";
import type { SignerInfo } from "./signer-info";

export interface NamedScheme extends SignatureScheme {
  /** Java's name, such as `SHA256withRSA`. */
  readonly name: string;
}

const sha512 = "2.16.840.1.101.3.4.2.3";
const shake256 = "2.16.840.1.101.3.4.2.12";
const shake256WithLength = "2.16.840.1.101.3.4.2.18";

/**
 * How a SignerInfo is signed: the digest is the one of its digestAlgorithm, whatever its signatureAlgorithm says beside the kind
 * of key (Java's SignerInfo.makeSigAlg).
 *
 * @throws SignatureProblem if Java knows no such algorithm.
 */
export function signatureScheme(signer: SignerInfo): NamedScheme {
  const { oid, parameters } = signer.signatureAlgorithm;
  const algorithm = signatureAlgorithms.get(oid);
  const digest = digestNames.get(signer.digestAlgorithm.oid);
  if (algorithm === undefined || digest === undefined) {
    throw unsupported(`the signature algorithm ${oid} with the digest ${signer.digestAlgorithm.oid}`);
  }
  switch (algorithm.key) {
    case "RSASSA-PSS": {
      const pss = parameters === undefined ? undefined : readPss(parameters);
      if (pss?.digest !== digest) {
        throw unsupported("PSS without parameters, or with another digest than the signer's");
      }
      return { name: algorithm.name, key: algorithm.key, digest, pss };
    }
    case "Ed25519":
    case "Ed448": {
      const wanted = algorithm.key === "Ed25519" ? sha512 : signer.signedAttributes === undefined ? shake256 : shake256WithLength;
      if (signer.digestAlgorithm.oid !== wanted || parameters !== undefined) {
        throw unsupported(`${algorithm.key} with the digest ${digest}`);
      }
      return { name: algorithm.name, key: algorithm.key, digest };
    }
    default:
      return { name: `${digest.startsWith("SHA-") ? `SHA${digest.slice(4)}` : digest}with${algorithm.key}`, key: algorithm.key, digest };
  }
}

function readPss(parameters: Parameters<typeof readPssParameters>[0]): ReturnType<typeof readPssParameters> | undefined {
  try {
    return readPssParameters(parameters);
  } catch (error) {
    if (error instanceof Asn1Error) {
      return undefined;
    }
    throw error;
  }
}

function unsupported(what: string): SignatureProblem {
  return new SignatureProblem("algorithm-unsupported", "ignored", `The signature uses ${what}, which Java does not know.`);
}
