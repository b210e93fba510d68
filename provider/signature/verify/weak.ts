import { digestNames } from "../crypto/algorithm-names";
import { Asn1Error } from "../asn1/asn1-error";
import { parseAsn1 } from "../asn1/parse";
import { signatureScheme } from "../cms/signature-scheme";
import { signerCertificate } from "../cms/signed-data";
import type { SignedData } from "../cms/signed-data";
import { readTimestampInfo, timestampToken } from "../cms/timestamp";
import { parseManifestText } from "../jar/manifest-text";
import { ManifestTextError } from "../jar/manifest-text-error";
import { hasSignatureExtension, isSignatureRelated } from "../jar/names";
import { SignatureProblem } from "../signature-problem";
import { buildChain } from "../x509/chain";
import type { Certificate } from "../x509/certificate";
import type { SignatureEntry } from "./unpack-package";
import type { Context } from "./context";

/**
 * Whether jarsigner blames weak algorithms for a package without any signature that counts: it looks at the first signer of every
 * block that has a signature file, again and apart from verifying.
 */
export function looksWeak(files: readonly SignatureEntry[], parsed: ReadonlyMap<string, SignedData>, context: Context): boolean {
  const relevant = files.filter(({ entry }) => isSignatureRelated(entry.name) && hasSignatureExtension(entry.name));
  const blocks = new Map<string, SignedData>();
  for (const { entry } of relevant) {
    const data = parsed.get(entry.name);
    if (data !== undefined) {
      blocks.set(alias(entry.name), data);
    }
  }
  return relevant.some(({ entry, data }) => {
    const block = blocks.get(alias(entry.name));
    const digest = entry.name.endsWith(".SF") && data !== undefined ? manifestDigest(data) : undefined;
    return block !== undefined && digest !== undefined && passing(() => isWeak(block, digest, context));
  });
}

function alias(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1, name.lastIndexOf("."));
}

/** The first algorithm that a signature file uses for the manifest. */
function manifestDigest(file: Buffer): string | undefined {
  try {
    const { main } = parseManifestText(file);
    for (const { name } of main.select((key) => /-DIGEST-MANIFEST(-MAIN-ATTRIBUTES)?$/.test(key)).values()) {
      const found = /^(.*)-Digest-Manifest(-Main-Attributes)?$/.exec(name)?.[1];
      if (found !== undefined) {
        return found;
      }
    }
    return undefined;
  } catch (error) {
    if (error instanceof ManifestTextError) {
      return undefined;
    }
    throw error;
  }
}

function isWeak(block: SignedData, digest: string, context: Context): boolean {
  const [signer] = block.signerInfos;
  const certificate = signer === undefined ? undefined : signerCertificate(block, signer);
  if (signer === undefined || certificate === undefined) {
    return false;
  }
  const chain = buildChain(certificate, block.certificates);
  const scheme = signatureScheme(signer).name;
  const token = timestampToken(signer);
  if (token === undefined) {
    return anyDisabled([digest, scheme], chain, context.at, context);
  }
  const [authority] = token.signerInfos;
  const authorityCertificate = authority === undefined ? undefined : signerCertificate(token, authority);
  if (authority === undefined || authorityCertificate === undefined || token.content === undefined) {
    return false;
  }
  const info = readTimestampInfo(parseAsn1(token.content));
  const imprint = digestNames.get(info.hashAlgorithm.oid) ?? info.hashAlgorithm.oid;
  const authorityChain = buildChain(authorityCertificate, token.certificates);
  return (
    anyDisabled([digest, scheme], chain, info.time, context) ||
    anyDisabled([imprint, signatureScheme(authority).name], authorityChain, info.time, context)
  );
}

function anyDisabled(algorithms: readonly string[], chain: readonly Certificate[], date: number, { jar }: Context): boolean {
  const [signer] = chain;
  const use = { date, keys: signer === undefined ? [] : [signer.publicKey], purpose: "generic", jdkAnchor: false } as const;
  const key = signer?.publicKey.algorithm ?? "unknown";
  return (
    algorithms.some((algorithm) => jar.disabled(algorithm, use, "algorithm-only") !== undefined) ||
    jar.disabled(key, use, "with-keys") !== undefined
  );
}

/** jarsigner passes over a block that it cannot describe. */
function passing(check: () => boolean): boolean {
  try {
    return check();
  } catch (error) {
    if (error instanceof Asn1Error || error instanceof SignatureProblem) {
      return false;
    }
    throw error;
  }
}
