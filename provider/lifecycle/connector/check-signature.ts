import { TableauError } from "../../error";
import { firstReleaseThatVerifies } from "../../plan/releases";
import { isVersion } from "../../taco";
import { isAtLeast } from "../../version";
import { hasUnknown, isUnknown } from "../unknown";
import { urnOf } from "../urn-of";
import type { Failures } from "../inputs/failures";
import type { NodeInputs, ServerInputs } from "../inputs/server-inputs";
import type { Properties } from "../lifecycle";
import type { Services } from "../services";
import type { SignatureSummary } from "../signature-summary";
import { judgeSignature, type SignatureJudgement } from "../trust/judge-signature";

export interface CheckedSignature {
  /** Absent where it could not be judged; the failures say why. */
  readonly summary?: SignatureSummary;
  /** What could not be judged in this preview, as a sentence; empty: nothing. */
  readonly openQuestion: string;
}

const trustIsOpen =
  "Whether the server trusts the signer is not judged in this preview: there is no copy of its trust store here yet. An `up` judges it before anything is delivered; `pulumi-tableau trust export` fetches the file.";

/**
 * Judges the package's signature as this server would, before any host is touched: trust by the trust store that the
 * program names, else by the copy of the server's own in the user's cache, else it stays open and is said to be so.
 */
export async function checkSignature(services: Services, news: Properties, bytes: Buffer, failures: Failures): Promise<CheckedSignature> {
  const server = (isUnknown(news["server"]) ? {} : (news["server"] ?? {})) as Partial<ServerInputs>;
  const release = releaseOf(services, server);
  const question = { bytes, trustStores: trustStores(services, news, server), ...(release === null ? {} : { tableauVersion: release }) };
  let judgement: SignatureJudgement;
  try {
    judgement = await judgeSignature(question);
  } catch (error) {
    if (!(error instanceof TableauError)) throw error;
    failures.add(error.code === "trust-store-unreadable" ? "trustStore" : "source", error.message);
    return { openQuestion: "" };
  }
  const byCopy = question.trustStores.length > 0 && typeof news["trustStore"] !== "string";
  const leniency = howStrict(news, release);
  tell(services, news, { ...judgement, byCopy }, leniency, failures);
  const isOpen = leniency === null && !judgement.trustJudged && judgement.refusals.length === 0;
  return { summary: judgement.summary, openQuestion: isOpen ? trustIsOpen : "" };
}

function trustStores(services: Services, news: Properties, server: Partial<ServerInputs>): string[] {
  const given = news["trustStore"];
  if (typeof given === "string" && !isUnknown(given)) return [given];
  const initial = initialNode(server);
  const cached = initial === null ? null : services.trust.path(initial);
  return cached === null ? [] : [cached];
}

function releaseOf(services: Services, server: Partial<ServerInputs>): string | null {
  if (typeof server.version === "string" && !isUnknown(server.version)) return isVersion(server.version) ? server.version : null;
  const initial = initialNode(server);
  return initial === null ? null : services.trust.release(initial);
}

function initialNode(server: Partial<ServerInputs>): NodeInputs | null {
  const nodes: readonly NodeInputs[] = Array.isArray(server.nodes) ? (server.nodes as NodeInputs[]) : [];
  const [initial] = nodes;
  return initial === undefined || hasUnknown(initial) ? null : initial;
}

/** Why a package may be delivered although its signature is no good; null: it may not. */
function howStrict(news: Properties, release: string | null): string | null {
  if (news["requireSignature"] === false) return "requireSignature is false";
  if (isUnknown(news["requireSignature"])) return "requireSignature is not known yet";
  return release !== null && !isAtLeast(release, firstReleaseThatVerifies) ? `Tableau Server ${release} verifies none` : null;
}

function tell(
  services: Services,
  news: Properties,
  judgement: SignatureJudgement & { byCopy: boolean },
  leniency: string | null,
  failures: Failures,
): void {
  const urn = urnOf(news);
  const { refusals, warnings, untrusted, byCopy } = judgement;
  if (leniency !== null) {
    if (refusals.length > 0)
      services.voice.warn(urn, `Loads only while the server verifies no signatures (${leniency}): ${refusals.join(" ")}`);
    return;
  }
  for (const refusal of refusals) failures.add("source", refusal);
  if (byCopy && untrusted) {
    services.voice.say(
      urn,
      "Trust was judged by the copy of the server's trust store in the user's cache; `pulumi-tableau trust export` fetches it anew.",
    );
  }
  for (const warning of warnings) services.voice.warn(urn, warning);
}
