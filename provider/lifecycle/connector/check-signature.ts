import { TableauError } from "../../vocabulary/error";
import { isAtLeast } from "../../vocabulary/version";
import { hasUnknown, isUnknown } from "../../schema/unknown";
import type { Failures } from "../../schema/failures";
import type { Draft, Drafts } from "../../schema/field";
import type { ConnectorDraft } from "../../schema/connector";
import type { packageArguments } from "../../schema/package";
import type { ServerInputs } from "../../schema/server";
import type { Services } from "../services";
import type { SignatureSummary } from "../package/signature-summary";
import { judgeSignature, type SignatureJudgement } from "../trust/judge-signature";
import type { Audience } from "./audience";

/** The package arguments of a resource while they are checked, and whose they are. */
export type PackageDraft = Drafts<typeof packageArguments> & {
  readonly server?: Draft<ServerInputs>;
  readonly trust?: ConnectorDraft["trust"];
  readonly urn: string;
};

export interface CheckedSignature {
  /** Absent where it could not be judged; the failures say why. */
  readonly summary?: SignatureSummary;
  /** What could not be judged in this preview, as a sentence; empty: nothing. */
  readonly openQuestion: string;
}

/**
 * Judges the package's signature as this product would, before any host is touched: trust by the trust store that the
 * program names, else by the copy of the product's own in the user's cache, else it stays open and is said to be so.
 */
export async function checkSignature(
  services: Services,
  draft: PackageDraft,
  audience: Audience,
  bytes: Buffer,
  failures: Failures,
): Promise<CheckedSignature> {
  const { release, subject, trustHints } = audience;
  const certificates = certificatesOf(draft);
  const question = {
    bytes,
    // Trust is not judged by a part of what is to be trusted.
    ...(certificates === null ? { trustStores: [] } : { trustStores: trustStores(draft, audience), certificates }),
    ...(release === null ? {} : { tableauVersion: release }),
  };
  let judgement: SignatureJudgement;
  try {
    judgement = await judgeSignature(question);
  } catch (error) {
    if (!(error instanceof TableauError)) throw error;
    failures.add(error.code === "trust-store-unreadable" ? "trustStore" : "source", error.message);
    return { openQuestion: "" };
  }
  const byCopy = question.trustStores.length > 0 && draft.trustStore === undefined;
  const leniency = howStrict(draft, audience);
  tell(services, draft, { ...judgement, byCopy }, audience, leniency, failures);
  const isOpen = leniency === null && !judgement.trustJudged && judgement.refusals.length === 0;
  const notYet = `Whether ${subject} trusts the signer is open: a certificate of \`trust\` is not known yet. An \`up\` judges it before anything is delivered.`;
  const trustIsOpen = `Whether ${subject} trusts the signer is open: there is no copy of its trust store on this machine yet. An \`up\` judges it before anything is delivered; ${trustHints.first}.`;
  return { summary: judgement.summary, openQuestion: isOpen ? (certificates === null ? notYet : trustIsOpen) : "" };
}

function trustStores({ trustStore: given }: PackageDraft, { trustCopy }: Audience): string[] {
  if (given !== undefined && !isUnknown(given)) return [given];
  return trustCopy === null ? [] : [trustCopy];
}

/** PEM texts; null: one is not known yet. */
function certificatesOf({ trust = [] }: PackageDraft): string[] | null {
  if (isUnknown(trust) || hasUnknown(trust)) return null;
  return trust.flatMap((one) => (one === undefined || isUnknown(one) || isUnknown(one.pem) ? [] : (one.pem ?? [])));
}

/** Why a package may be delivered although its signature is no good; null: it may not. */
function howStrict({ requireSignature }: PackageDraft, { product, release, verifiesFrom }: Audience): string | null {
  if (requireSignature === false) return "requireSignature is false";
  if (isUnknown(requireSignature)) return "requireSignature is not known yet";
  return release !== null && !isAtLeast(release, verifiesFrom) ? `${product} ${release} verifies none` : null;
}

function tell(
  services: Services,
  draft: PackageDraft,
  judgement: SignatureJudgement & { byCopy: boolean },
  { subject, trustHints }: Audience,
  leniency: string | null,
  failures: Failures,
): void {
  const { urn } = draft;
  const { refusals, warnings, untrusted, byCopy } = judgement;
  if (leniency !== null) {
    if (refusals.length > 0) {
      services.voice.warn(urn, `Loads only while ${subject} verifies no signatures (${leniency}): ${refusals.join(" ")}`);
    }
    return;
  }
  for (const refusal of refusals) failures.add("source", refusal);
  if (byCopy && untrusted) {
    services.voice.say(urn, `Trust was judged by the copy of ${subject}'s trust store in the user's cache; ${trustHints.again}.`);
  }
  for (const warning of warnings) services.voice.warn(urn, warning);
}
