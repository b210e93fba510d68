import type * as Signature from "../../signature";
import type { SignatureSummary } from "../package/signature-summary";

export interface SignatureQuestion {
  readonly bytes: Buffer;
  /** Paths of trust stores; none: trust is not judged. */
  readonly trustStores: readonly string[];
  /** Certificates that are trusted besides, as PEM text; absent: none. */
  readonly certificates?: readonly string[];
  /** Release of the server; absent: its own rules are not judged. */
  readonly tableauVersion?: string;
}

/** What Tableau Server would say of a package's signature, as far as the question goes. */
export interface SignatureJudgement {
  readonly summary: SignatureSummary;
  /** Full sentences: why the server would refuse it. */
  readonly refusals: readonly string[];
  readonly warnings: readonly string[];
  readonly trustJudged: boolean;
  /** Whether one of the refusals is about trust. */
  readonly untrusted: boolean;
}

/** Judges the signature of a package, as of now. */
export async function judgeSignature({
  bytes,
  trustStores,
  certificates = [],
  tableauVersion,
}: SignatureQuestion): Promise<SignatureJudgement> {
  // Loaded when the first package is judged: a refresh needs none of it.
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load it at the start
  const signature = require("../../signature") as typeof Signature;
  const version: Signature.VerifyOptions = tableauVersion === undefined ? {} : { tableauVersion };
  const unpacked = await signature.unpackTaco(bytes);
  // By no trust store first: a store comes with its JRE's own list of disabled algorithms, and the summary may not depend on that.
  const plain = await signature.judgeTaco(unpacked, version);
  const listed = certificates.map((pem, i) => ({ name: `certificate ${String(i + 1)} of trust`, bytes: Buffer.from(pem) }));
  const cacerts = [...trustStores, ...listed];
  const verdict = cacerts.length === 0 ? plain : await signature.judgeTaco(unpacked, { trust: { cacerts }, ...version });
  // Without the store of the product itself these certificates may be enough, and say nothing where they are not.
  const isJudged = trustStores.length > 0 || (listed.length > 0 && !verdict.findings.some(isUntrusted));
  const findings = isJudged ? verdict.findings : plain.findings.filter(({ category }) => category !== "trust");
  return {
    summary: summarize(plain),
    refusals: findings.filter(({ severity }) => severity === "refuse").map(({ message }) => message),
    warnings: findings.filter(({ severity }) => severity === "warn").map(({ message }) => message),
    trustJudged: isJudged,
    untrusted: findings.some(isUntrusted),
  };
}

function isUntrusted({ severity, category }: Signature.Finding): boolean {
  return severity === "refuse" && category === "trust";
}

// Only what the package itself says: the same on every machine and on every day.
function summarize(verdict: Signature.Verdict): SignatureSummary {
  const { findings, signers } = verdict;
  return {
    status: findings.some(({ code }) => code === "unsigned") ? "unsigned" : findings.some(isFlaw) ? "invalid" : "signed",
    signers: signers.map(({ subject, issuer, notBefore, notAfter, timestamp }) => ({
      subject,
      issuer,
      notBefore,
      notAfter,
      timestamp: timestamp === null ? "none" : timestamp.time,
    })),
  };
}

function isFlaw({ category, severity }: Signature.Finding): boolean {
  return severity === "refuse" && (category === "integrity" || category === "signature" || category === "policy");
}
