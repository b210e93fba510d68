import { Asn1Error } from "../asn1/asn1-error";
import { contentTypes } from "../cms/oids";
import { verifyTimestamp } from "../cms/timestamp";
import type { SignedData } from "../cms/signed-data";
import { verifySigner } from "../cms/verify-signer";
import type { Attributes } from "../jar/attributes";
import type { ManifestSections } from "../jar/manifest-sections";
import { parseManifestText } from "../jar/manifest-text";
import type { ManifestText } from "../jar/manifest-text";
import { ManifestTextError } from "../jar/manifest-text-error";
import { checkSignatureFile } from "../jar/signature-file";
import { SignatureProblem } from "../signature-problem";
import type { Certificate } from "../x509/certificate";
import { buildChain } from "../x509/chain";
import type { Context } from "./context";
import { disabledAlias, disabledUse, jarUse } from "./signer";
import type { Signer } from "./signer";

/** A signature block that counts. */
export interface VerifiedBlock {
  readonly block: string;
  readonly signers: readonly Signer[];
  /** Signers of the block that do not count although others do: Java passes over them, we do not. */
  readonly invalid: readonly SignatureProblem[];
  /** Names of the entries that it signs. */
  readonly names: ReadonlySet<string>;
}

/**
 * Verifies a block and its signature file against the manifest: "Signature Validation", 1 to 3, of the JAR file specification, in the order of
 * Java's SignatureFileVerifier.
 *
 * @param content the signature file, or what the block itself holds.
 * @throws SignatureProblem if the block does not count.
 */
export function verifyBlock(block: string, data: SignedData, content: Buffer, manifest: ManifestSections, context: Context): VerifiedBlock {
  // RFC 5652, 5.1: what the block says that it signs.
  if (data.contentType !== contentTypes.data && data.contentType !== contentTypes.timestampInfo) {
    throw new SignatureProblem(
      "block-content-type",
      "ignored",
      `The signature block holds content of type ${data.contentType}, expected data.`,
    );
  }
  // JAR, "Signature File": its main section.
  const file = parseSignatureFile(content);
  const version = file.main.get("SIGNATURE-VERSION")?.value;
  if (version?.toLowerCase() !== "1.0") {
    throw new SignatureProblem("signature-file-version", "ignored", "The signature file does not say Signature-Version: 1.0.");
  }
  // JAR, 1: the signature over the signature file (RFC 5652, 5.4 and 5.6), each with its timestamp (RFC 3161, 2.4.2 and appendix A).
  const { signers, invalid } = verifySigners(block, data, content);
  // What Java disables (jdk.jar.disabledAlgorithms), by the day on which it was signed.
  const use = jarUse(signers, context.anchors, context.at);
  const uses = signers.flatMap((signer) => [...signer.uses, ...(signer.timestamp?.uses ?? [])]);
  const disabled = disabledUse(uses, use, context.jar);
  if (disabled !== undefined) {
    throw new SignatureProblem("algorithm-disabled", "ignored", `The signature uses ${disabled}.`);
  }
  // JAR, 2 and 3: the digest of the whole manifest, else those of its main attributes and its sections.
  const permits = (algorithm: string): boolean => context.jar.disabled(algorithm, use, "algorithm-only") === undefined;
  const names = checkSignatureFile(file, manifest, permits);
  // Beyond the specification: what Java passes over in a block that counts is refused.
  const odd = oddities(data).map((message) => new SignatureProblem("block-content-type", "ignored", message));
  const alias = usesOnlyAlias(file) && disabledAlias("SHA", use, context.jar) !== undefined;
  const weak = alias ? [new SignatureProblem("algorithm-disabled", "ignored", "The signature file has only SHA-1 digests.")] : [];
  return { block, signers, invalid: [...invalid, ...odd, ...weak], names };
}

/** Whether some section of a signature file is hashed with SHA-1 alone, under a name that Java's lists do not know. */
function usesOnlyAlias(file: ManifestText): boolean {
  if (hasOnlyAlias(file.main)) {
    return true;
  }
  for (const [, attributes] of file.sections) {
    if (hasOnlyAlias(attributes)) {
      return true;
    }
  }
  return false;
}

function hasOnlyAlias(attributes: Attributes): boolean {
  let found = false;
  for (const key of attributes.keys()) {
    if (/-DIGEST(-MANIFEST|-MANIFEST-MAIN-ATTRIBUTES)?$/.test(key)) {
      if (!key.startsWith("SHA-DIGEST")) {
        return false;
      }
      found = true;
    }
  }
  return found;
}

/** What Java passes over in a block that counts. */
function oddities({ contentType, passedOver, certificates }: SignedData): string[] {
  const content = contentType === contentTypes.data ? [] : ["The signature block says that it signs the info of a timestamp."];
  const others = passedOver === 0 ? [] : [`The signature block holds ${passedOver} certificates of an unknown kind.`];
  return [...content, ...others, ...certificates.flatMap(unreadable)];
}

/** Java may not be able to read such a certificate, whether anybody needs it or not, and passes over the whole block then. */
function unreadable({ subject, publicKey, extensions }: Certificate): string[] {
  const key =
    publicKey.handle === undefined ? [`The signature block holds a certificate of ${subject.text} with a key of an unknown kind.`] : [];
  return [
    ...key,
    ...extensions.unread.map((oid) => `The certificate of ${subject.text} has the critical extension ${oid}, which is not read here.`),
  ];
}

function parseSignatureFile(content: Buffer): ManifestText {
  try {
    return parseManifestText(content);
  } catch (error) {
    if (error instanceof ManifestTextError) {
      throw new SignatureProblem("signature-file-malformed", "ignored", `The signature file cannot be read: ${error.message}.`, {
        cause: error,
      });
    }
    throw error;
  }
}

function verifySigners(
  block: string,
  data: SignedData,
  content: Buffer,
): { readonly signers: readonly Signer[]; readonly invalid: readonly SignatureProblem[] } {
  const results = data.signerInfos.map((info) => ({ info, result: verifySigner(data, info, content) }));
  const invalid = results.flatMap(({ result }) => ("invalid" in result ? [result.invalid] : []));
  const valid = results.flatMap(({ info, result }) => ("invalid" in result ? [] : [{ info, ...result }]));
  if (valid.length === 0) {
    throw invalid[0] ?? new SignatureProblem("signer-missing", "exception", "The signature block names no signer.");
  }
  const signers = valid.map(({ info, certificate, uses }) => ({
    block,
    certificate,
    chain: buildChain(certificate, data.certificates),
    timestamp: timestampOf(info),
    uses,
  }));
  return { signers, invalid };
}

function timestampOf(info: SignedData["signerInfos"][number]): ReturnType<typeof verifyTimestamp> {
  try {
    return verifyTimestamp(info);
  } catch (error) {
    if (error instanceof Asn1Error) {
      throw new SignatureProblem("timestamp-invalid", "ignored", `The timestamp cannot be read: ${error.message}.`, { cause: error });
    }
    if (error instanceof SignatureProblem && error.code !== "timestamp-invalid") {
      throw new SignatureProblem("timestamp-invalid", "ignored", `The timestamp does not count. ${error.message}`, { cause: error });
    }
    throw error;
  }
}
