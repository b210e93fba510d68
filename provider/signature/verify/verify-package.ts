import { finding, type Finding } from "../findings";
import { ManifestSections } from "../jar/manifest-sections";
import { hasSignatureExtension, isDirectory, isManifest, isSignatureRelated, signatureBase } from "../jar/names";
import type { JarsignerVerdict, Verdict } from "../verdict.types";
import type { Context } from "./context";
import { distinctFindings } from "./distinct-findings";
import { verdictOfException, verdictOfSigned, verdictOfUnsigned } from "./jarsigner-verdict";
import { judgeEntries, type JudgedEntries } from "./judge-entries";
import { judgeSigner, type JudgedSigner } from "./judge-signer";
import type { ProcessedBlock } from "./process-block";
import { processBlocks, type Blocks } from "./process-blocks";
import { latestTimestamp, reportSigner } from "./reports";
import type { Signer } from "./signer";
import { tableauFindings, tableauReport } from "./tableau";
import type { UnpackedPackage } from "./unpack-package";
import { looksWeak } from "./weak";

/**
 * Verifies a package whose entries were unpacked and hashed: the steps of "Signature Validation" in the JAR file specification, then the
 * chain of every signer by RFC 5280, then what jarsigner and Tableau would say of the result.
 *
 * Every step says all that it finds, and none ends the others: a person who mends a package wants to know everything at once.
 *
 * @see https://docs.oracle.com/en/java/javase/17/docs/specs/jar/jar.html#signature-validation
 */
export function verifyPackage(unpacked: UnpackedPackage, context: Context, tableauVersion: string | undefined): Verdict {
  const { entries, manifest, files, digests, problems } = unpacked;

  // JAR, "Signature Validation", 1 to 3: the signature of every block over its signature file (RFC 5652, 5.4 to 5.6, with the timestamp of
  // RFC 3161), and the signature file's digests of the manifest as a whole, else of its main attributes and sections.
  const blocks = manifest.data === undefined ? noBlocks : processBlocks(files, new ManifestSections(manifest.data), context);
  const counted = blocks.problems.some(({ problem }) => problem.effect === "abandoned") ? [] : blocks.processed;

  // JAR, "Signature Validation", 4: the manifest's digests of every entry.
  const judgedEntries = judgeEntries(entries, digests, counted, manifest.name, context);

  // RFC 5280, 6.1, for every signer and the authority of its timestamp: from an anchor down to the certificate, with its dates and its purpose.
  const judged = counted.flatMap((block) => block.signers).map((signer) => ({ signer, judged: judgeSigner(signer, context) }));
  const signers = judged.map(({ signer }) => signer);
  const notInStore = isNotInStore(judgedEntries, context);

  const findings = distinctFindings(
    [
      ...problems.map(({ code, message }) => finding(code, message)),
      ...manifest.findings,
      ...blockFindings(blocks, unpacked),
      ...strayFiles(unpacked),
      ...(counted.length > 0 ? judgedEntries.findings : []),
      ...judged.flatMap((one) => one.judged.findings),
      ...(notInStore ? [finding("not-in-trust-store", "No certificate of a signer's chain is itself in the trust store.")] : []),
      ...(tableauVersion === undefined ? [] : tableauFindings(tableauVersion, signers)),
    ],
    new Map([["entry-missing", judgedEntries.furtherMissing]]),
  );

  // What jarsigner of JDK 17 prints and exits with.
  const jarsigner = jarsignerVerdict({ unpacked, blocks, counted, judgedEntries, judged, notInStore, context });

  const reports = judged.map(({ signer, judged: one }) => reportSigner(signer, one, countSigned(judgedEntries, signer), context));
  return {
    accepted: !isRefused(findings) && jarsigner.result === "verified" && jarsigner.exitCode === 0,
    jarsigner,
    findings: closed(findings, jarsigner),
    signers: reports,
    timestamp: latestTimestamp(reports),
    ...(tableauVersion === undefined ? {} : { tableau: tableauReport(tableauVersion, findings, judged, judgedEntries) }),
  };
}

const noBlocks: Blocks = { processed: [], problems: [], parsed: new Map() };

/** What `-keystore` adds (exit code 32): every signed entry has a signer with a certificate that is itself in that store. */
function isNotInStore({ signed }: JudgedEntries, { keystore }: Context): boolean {
  return (
    keystore !== undefined &&
    [...signed.values()].some(
      (by) => !by.some(({ signers }) => signers.some(({ chain }) => chain.some((certificate) => keystore.holds(certificate)))),
    )
  );
}

interface Evidence {
  readonly unpacked: UnpackedPackage;
  readonly blocks: Blocks;
  /** The blocks that count. */
  readonly counted: readonly ProcessedBlock[];
  readonly judgedEntries: JudgedEntries;
  readonly judged: readonly { readonly judged: JudgedSigner }[];
  readonly notInStore: boolean;
  readonly context: Context;
}

function jarsignerVerdict({ unpacked, blocks, counted, judgedEntries, judged, notInStore, context }: Evidence): JarsignerVerdict {
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

function blockFindings(blocks: Blocks, { files }: UnpackedPackage): Finding[] {
  if (files.length === 0) {
    return [finding("unsigned", "The package is not signed.")];
  }
  const problems = blocks.problems.map(({ problem, file }) => finding(problem.code, `${file}: ${problem.message}`));
  const invalid = blocks.processed.flatMap(({ block, invalid: some }) =>
    some.map(({ code, message }) => finding(code, `${block}: ${message}`)),
  );
  return [...problems, ...invalid];
}

/** Files that belong to no signature although they look like parts of one: neither Java nor Tableau asks who put them there. */
function strayFiles({ entries, files }: UnpackedPackage): Finding[] {
  const paired = new Set(files.filter(({ entry }) => isSignatureRelated(entry.name)).map(({ entry }) => signatureBase(entry.name)));
  const read = new Set(files.map(({ entry }) => entry.name));
  return entries
    .filter(({ name }) => !isDirectory(name) && !isManifest(name))
    .filter(({ name }) => isSignatureRelated(name) || read.has(name))
    .filter(({ name }) => !isSignatureRelated(name) || !hasSignatureExtension(name.toUpperCase()) || !paired.has(signatureBase(name)))
    .map(({ name }) => finding("stray-signature-file", `${JSON.stringify(name)} lies among the signature's files but is none of them.`));
}

/** Files that somebody signed; the manifest, which is how it is done, is none of them. */
function countSigned({ signed }: JudgedEntries, { block }: Signer): number {
  return [...signed].filter(([entry, by]) => !isManifest(entry.name) && by.some((one) => one.block === block)).length;
}

/** What jarsigner refuses is never accepted, also where no finding of ours says why. */
function closed(findings: readonly Finding[], { result, exitCode }: JarsignerVerdict): readonly Finding[] {
  const verified = result === "verified" && exitCode === 0;
  return isRefused(findings) || verified
    ? findings
    : [...findings, finding("signature-invalid", `jarsigner would not verify this package (${result}, exit code ${exitCode}).`)];
}

function isRefused(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity === "refuse");
}
