import { distinctFindings, finding, type Finding } from "../findings";
import { ManifestSections } from "../jar/manifest-sections";
import { hasSignatureExtension, isDirectory, isManifest, isSignatureRelated, signatureBase } from "../jar/names";
import type { JarsignerVerdict, Verdict } from "../verdict.types";
import type { Context } from "./context";
import { jarsignerVerdict } from "./jarsigner";
import { judgeEntries, type JudgedEntries } from "./judge-entries";
import { judgeSigner } from "./judge-signer";
import { latestTimestamp, reportSigner } from "./reports";
import type { Signer } from "./signer";
import { tableauFindings, tableauReport } from "./tableau";
import type { UnpackedPackage } from "./unpack-package";
import { verifyBlocks, type Blocks } from "./verify-blocks";

/**
 * Verifies a package whose entries were unpacked and hashed: the steps of "Signature Validation" in the JAR file specification, then the
 * chain of every signer by RFC 5280, then what jarsigner and Tableau would say of the result.
 *
 * Every step says all that it finds, and none ends the others: whoever repairs a package wants to know everything at once. What a step does is in
 * the file that is named beside it.
 *
 * @see https://docs.oracle.com/en/java/javase/17/docs/specs/jar/jar.html#signature-validation
 */
export function verifyPackage(unpacked: UnpackedPackage, context: Context, tableauVersion: string | undefined): Verdict {
  const { entries, manifest, files, digests, problems } = unpacked;

  // JAR, 1 to 3 (verify-block.ts): the signature of every block over its signature file (RFC 5652, 5.4 to 5.6, with the timestamp of RFC 3161),
  // and the signature file's digests of the manifest as a whole, else of its main attributes and sections.
  const blocks = manifest.data === undefined ? noBlocks : verifyBlocks(files, new ManifestSections(manifest.data), context);
  const counted = blocks.problems.some(({ problem }) => problem.effect === "abandoned") ? [] : blocks.verified;

  // JAR, 4 (judge-entries.ts): the manifest's digests of every entry.
  const judgedEntries = judgeEntries(entries, digests, counted, manifest.name, context);

  // RFC 5280, 6.1 (x509/validate-path.ts), for every signer and the authority of its timestamp: from an anchor down to the certificate. With it
  // what a certificate is for (4.2.1.3 and 4.2.1.12), and its dates.
  const judged = counted.flatMap((block) => block.signers).map((signer) => ({ signer, judged: judgeSigner(signer, context) }));
  const signers = judged.map(({ signer }) => signer);
  const notInStore = isNotInStore(judgedEntries, context);

  // All that is wrong, in the order of the steps: the zip, the manifest, the blocks, the entries, the signers, Tableau's own rules.
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

  // Beside it what jarsigner of JDK 17 says, which knows less and stops sooner: nothing is accepted that it refuses.
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

const noBlocks: Blocks = { verified: [], problems: [], parsed: new Map() };

/** What `-keystore` adds (exit code 32): every signed entry has a signer with a certificate that is itself in that store. */
function isNotInStore({ signed }: JudgedEntries, { keystore }: Context): boolean {
  return (
    keystore !== undefined &&
    [...signed.values()].some(
      (by) => !by.some(({ signers }) => signers.some(({ chain }) => chain.some((certificate) => keystore.holds(certificate)))),
    )
  );
}

function blockFindings(blocks: Blocks, { files }: UnpackedPackage): Finding[] {
  if (files.length === 0) {
    return [finding("unsigned", "The package is not signed.")];
  }
  const problems = blocks.problems.map(({ problem, file }) => finding(problem.code, `${file}: ${problem.message}`));
  const invalid = blocks.verified.flatMap(({ block, invalid: some }) =>
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
