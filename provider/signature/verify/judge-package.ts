import type { Zip } from "../../taco/zip/read-zip";
import type { Span } from "../../taco/zip/tiling";
import type { ZipProblem } from "../../taco/zip/zip.types";
import { finding } from "../findings";
import type { Finding } from "../findings";
import { ManifestSections } from "../jar/manifest-sections";
import { hasSignatureExtension, isDirectory, isManifest, isSignatureRelated, signatureBase } from "../jar/names";
import type { JarsignerVerdict, Verdict } from "../verdict.types";
import { readSignatureEntries } from "./contents";
import type { SignatureEntries } from "./contents";
import type { Context } from "./context";
import { distinctFindings } from "./distinct-findings";
import { digestEntries } from "./entry-digests";
import { verdictOfException, verdictOfSigned, verdictOfUnsigned } from "./jarsigner-verdict";
import { judgeEntries } from "./judge-entries";
import type { JudgedEntries } from "./judge-entries";
import { judgeSigner } from "./judge-signer";
import { ListedEntries } from "./listed-entries";
import { readManifestEntry } from "./manifest-entry";
import type { ManifestEntry } from "./manifest-entry";
import { processBlocks } from "./process-blocks";
import type { Blocks } from "./process-blocks";
import { latestTimestamp, reportSigner } from "./reports";
import type { Signer } from "./signer";
import { readsAsStream } from "./stream-reading";
import { tableauFindings, tableauReport } from "./tableau";
import { looksWeak } from "./weak";

const noBlocks: Blocks = { processed: [], problems: [], parsed: new Map() };

/** Judges a package that could be opened: both verdicts, from one reading of every entry. */
export async function judgePackage(zip: Zip, context: Context, tableauVersion: string | undefined): Promise<Verdict> {
  const contents = await readSignatureEntries(zip);
  const manifest = readManifestEntry(contents.manifests, contents.files.length > 0 ? "signed" : "unsigned", manifestOrder(zip));
  const blocks = manifest.data === undefined ? noBlocks : processBlocks(contents.files, new ManifestSections(manifest.data), context);
  const listed = manifest.text && new ListedEntries(manifest.text, zip.entries);
  const hashed = [...contents.others, ...signedLikeOthers(zip, contents, listed)];
  const { digests, problems } = await digestEntries(zip.source, hashed, listed);
  const counted = blocks.problems.some(({ problem }) => problem.effect === "abandoned") ? [] : blocks.processed;
  const entries = judgeEntries(zip.entries, digests, counted, manifest.name, context);
  const signers = counted.flatMap((block) => block.signers);
  const judged = signers.map((signer) => ({ signer, judged: judgeSigner(signer, context) }));
  const { keystore } = context;
  const notInStore =
    keystore !== undefined &&
    [...entries.signed.values()].some(
      (by) => !by.some(({ signers: some }) => some.some(({ chain }) => chain.some((certificate) => keystore.holds(certificate)))),
    );
  const zipProblems = [...zip.problems, ...contents.problems, ...problems];

  const all = [
    ...zipProblems.map(({ code, message }) => finding(code, message)),
    ...manifest.findings,
    ...blockFindings(blocks, contents),
    ...strayFiles(zip, contents),
    ...(counted.length > 0 ? entries.findings : []),
    ...judged.flatMap((one) => one.judged.findings),
    ...(notInStore ? [finding("not-in-trust-store", "No certificate of a signer's chain is itself in the trust store.")] : []),
    ...(tableauVersion === undefined ? [] : tableauFindings(tableauVersion, signers)),
  ];
  const findings = distinctFindings(all, new Map([["entry-missing", entries.furtherMissing]]));
  const jarsigner = await jarsignerVerdict({
    zip,
    zipProblems,
    manifest,
    blocks,
    entries,
    contents,
    context,
    signed: () =>
      verdictOfSigned({
        flags: judged.map((one) => one.judged.flags),
        unsignedEntries: entries.unsigned,
        notInStore,
        at: context.at,
      }),
    anySigned: counted.length > 0,
  });
  const reports = judged.map(({ signer, judged: one }) => reportSigner(signer, one, countSigned(entries, signer), context));
  return {
    accepted: !isRefused(findings) && jarsigner.result === "verified" && jarsigner.exitCode === 0,
    jarsigner,
    findings: closed(findings, jarsigner),
    signers: reports,
    timestamp: latestTimestamp(reports),
    ...(tableauVersion === undefined ? {} : { tableau: tableauReport(tableauVersion, findings, judged, entries) }),
  };
}

/** Who reads a package from its start finds the manifest only as the first entry, or behind `META-INF/`. */
function manifestOrder({ spans: [first, second] }: Zip): "first" | "later" {
  const place = first?.entry.name.toUpperCase() === "META-INF/" ? second : first;
  return place !== undefined && isManifest(place.entry.name) ? "first" : "later";
}

/** Files that somebody signed; the manifest, which is how it is done, is none of them. */
function countSigned({ signed }: JudgedEntries, { block }: Signer): number {
  return [...signed].filter(([entry, by]) => !isManifest(entry.name) && by.some((one) => one.block === block)).length;
}

/** Signature files and blocks that the manifest lists: to be signed by one signer, they have to be what their digest says. */
function signedLikeOthers({ spans }: Zip, { files }: SignatureEntries, listed: ListedEntries | undefined): readonly Span[] {
  const hashed = new Set(files.filter(({ entry }) => listed?.has(entry.name) === true).map(({ entry }) => entry));
  return spans.filter(({ entry }) => hashed.has(entry));
}

interface Evidence {
  readonly zip: Zip;
  readonly zipProblems: readonly ZipProblem[];
  readonly manifest: ManifestEntry;
  readonly blocks: Blocks;
  readonly entries: JudgedEntries;
  readonly contents: SignatureEntries;
  readonly context: Context;
  readonly anySigned: boolean;
  readonly signed: () => JarsignerVerdict;
}

async function jarsignerVerdict(evidence: Evidence): Promise<JarsignerVerdict> {
  const { zip, manifest, blocks, entries, contents, context } = evidence;
  const failed = manifest.exception || entries.exception || blocks.problems.some(({ problem }) => problem.effect === "exception");
  if (failed || (evidence.zipProblems.length > 0 && !(await readsAsStream(zip)))) {
    return verdictOfException;
  }
  if (evidence.anySigned) {
    return evidence.signed();
  }
  const unsignedEntries = manifest.present && entries.unsigned ? "unsigned" : "covered";
  if (looksWeak(contents.files, blocks.parsed, context)) {
    return verdictOfUnsigned("treated-unsigned-weak", unsignedEntries);
  }
  const hasSignature = manifest.present && zip.entries.some(({ name }) => hasSignatureExtension(name));
  return verdictOfUnsigned(hasSignature ? "treated-unsigned" : "unsigned", unsignedEntries);
}

function blockFindings(blocks: Blocks, contents: SignatureEntries): Finding[] {
  if (contents.files.length === 0) {
    return [finding("unsigned", "The package is not signed.")];
  }
  const problems = blocks.problems.map(({ problem, file }) => finding(problem.code, `${file}: ${problem.message}`));
  const invalid = blocks.processed.flatMap(({ block, invalid: some }) =>
    some.map(({ code, message }) => finding(code, `${block}: ${message}`)),
  );
  return [...problems, ...invalid];
}

/** Files that belong to no signature although they look like parts of one: neither Java nor Tableau asks who put them there. */
function strayFiles(zip: Zip, contents: SignatureEntries): Finding[] {
  const paired = new Set(
    contents.files.filter(({ entry }) => isSignatureRelated(entry.name)).map(({ entry }) => signatureBase(entry.name)),
  );
  const read = new Set(contents.files.map(({ entry }) => entry.name));
  return zip.entries
    .filter(({ name }) => !isDirectory(name) && !isManifest(name))
    .filter(({ name }) => isSignatureRelated(name) || read.has(name))
    .filter(({ name }) => !isSignatureRelated(name) || !hasSignatureExtension(name.toUpperCase()) || !paired.has(signatureBase(name)))
    .map(({ name }) => finding("stray-signature-file", `${JSON.stringify(name)} lies among the signature's files but is none of them.`));
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
