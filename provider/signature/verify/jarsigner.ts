import { Asn1Error } from "../asn1/asn1-error";
import { parseAsn1 } from "../asn1/parse";
import { signatureScheme } from "../cms/signature-scheme";
import { signerCertificate, type SignedData } from "../cms/signed-data";
import { readTimestampInfo, timestampToken } from "../cms/timestamp";
import { digestNames } from "../crypto/algorithm-names";
import { parseManifestText } from "../jar/manifest-text";
import { ManifestTextError } from "../jar/manifest-text-error";
import { hasSignatureExtension, isSignatureRelated } from "../jar/names";
import { SignatureProblem } from "../signature-problem";
import type { JarsignerVerdict } from "../verdict.types";
import type { Certificate } from "../x509/certificate";
import { buildChain } from "../x509/chain";
import type { Context } from "./context";
import type { JudgedEntries } from "./judge-entries";
import type { JudgedSigner, SignerFlags } from "./judge-signer";
import type { SignatureEntry, UnpackedPackage } from "./unpack-package";
import type { VerifiedBlock } from "./verify-block";
import type { Blocks } from "./verify-blocks";

const exitCodes = { chain: 4, usage: 8, unsigned: 16, alias: 32, timestampChain: 64 } as const;

/** What was found of a package. */
export interface Evidence {
  readonly unpacked: UnpackedPackage;
  readonly blocks: Blocks;
  /** The blocks that count. */
  readonly counted: readonly VerifiedBlock[];
  readonly judgedEntries: JudgedEntries;
  readonly judged: readonly { readonly judged: JudgedSigner }[];
  readonly notInStore: boolean;
  readonly context: Context;
}

/** What `jarsigner -verify -strict` of JDK 17 prints and exits with. */
export function jarsignerVerdict({ unpacked, blocks, counted, judgedEntries, judged, notInStore, context }: Evidence): JarsignerVerdict {
  const { manifest, files, entries } = unpacked;
  const failed = manifest.exception || judgedEntries.exception || blocks.problems.some(({ problem }) => problem.effect === "exception");
  if (failed || unpacked.breaksAsStream) {
    return verdictOfException;
  }
  if (counted.length > 0) {
    const flags = judged.map((one) => one.judged.flags);
    return verdictOfSigned({ flags, unsignedEntries: judgedEntries.unsigned, notInStore, at: context.at });
  }
  const unsignedEntries = manifest.present && judgedEntries.unsigned ? "unsigned" : "covered";
  if (looksWeak(files, blocks.parsed, context)) {
    return verdictOfUnsigned("treated-unsigned-weak", unsignedEntries);
  }
  const hasSignature = manifest.present && entries.some(({ name }) => hasSignatureExtension(name));
  return verdictOfUnsigned(hasSignature ? "treated-unsigned" : "unsigned", unsignedEntries);
}

interface SignedPackage {
  readonly flags: readonly SignerFlags[];
  readonly unsignedEntries: boolean;
  /** Whether a signed entry has no signer whose chain is in the trust store. */
  readonly notInStore: boolean;
  readonly at: number;
}

/** Result and exit code of `jarsigner -verify -strict` for a package with at least one signature that counts. */
function verdictOfSigned({ flags, unsignedEntries, notInStore, at }: SignedPackage): JarsignerVerdict {
  const some = (flag: keyof SignerFlags): boolean => flags.some((one) => one[flag] === true);
  const selfSigned = flags.some((one) => one.selfSigned && (notInStore || !one.anchored));
  let exitCode = 0;
  if (some("expired") || some("notYetValid") || some("chainInvalid") || selfSigned) {
    exitCode |= exitCodes.chain;
  }
  if (some("badUsage")) {
    exitCode |= exitCodes.usage;
  }
  if (unsignedEntries) {
    exitCode |= exitCodes.unsigned;
  }
  if (notInStore) {
    exitCode |= exitCodes.alias;
  }
  if (some("timestampChainInvalid")) {
    exitCode |= exitCodes.timestampChain;
  }
  // An expired authority alone is only a warning while the signer's own chain is valid.
  if (some("timestampExpired") && (exitCode !== 0 || signerExpired(flags, at))) {
    exitCode |= exitCodes.chain;
  }
  return { result: exitCode === 0 ? "verified" : "signer-errors", exitCode };
}

/** The same for a package that jarsigner treats as unsigned. */
function verdictOfUnsigned(
  result: "unsigned" | "treated-unsigned" | "treated-unsigned-weak",
  entries: "unsigned" | "covered",
): JarsignerVerdict {
  return { result, exitCode: entries === "unsigned" ? exitCodes.unsigned : 0 };
}

export const verdictOfException: JarsignerVerdict = { result: "exception", exitCode: 1 };

function signerExpired(flags: readonly SignerFlags[], at: number): boolean {
  return flags.some(({ expires }) => expires !== undefined && expires <= at);
}

/**
 * Whether jarsigner blames weak algorithms for a package without any signature that counts: it looks at the first signer of every
 * block that has a signature file, again and apart from verifying.
 */
function looksWeak(files: readonly SignatureEntry[], parsed: ReadonlyMap<string, SignedData>, context: Context): boolean {
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
