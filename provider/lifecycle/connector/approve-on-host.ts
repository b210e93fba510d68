import type { FetchedTrust } from "../../deploy/fetch-trust";
import { TableauError } from "../../error";
import { isAtLeast } from "../../version";
import type { Host } from "../../host/host";
import type { NodeInputs } from "../inputs/server-inputs";
import type { Services } from "../services";
import { judgeSignature, type SignatureJudgement } from "../trust/judge-signature";

export interface Approval {
  readonly host: Host;
  /** Whose trust store it is, in the cache. */
  readonly node: NodeInputs;
  /** Asks the host for its trust store, unless it is the one with the `known` digest; null: it has none that can be read. */
  readonly fetchTrust: (known: string | null) => Promise<FetchedTrust | null>;
  /** Such as "Tableau Server". */
  readonly product: string;
  /** Release that the program gives; null: the one that the trust store came with. */
  readonly release: string | null;
  readonly verifiesFrom: string;
  readonly sha256: string;
  readonly fileName: string;
  readonly bytes: Buffer;
  readonly urn: string;
}

// The same package judged by the same trust store has the same verdict on every node of this process.
const judged = new Map<string, Promise<SignatureJudgement>>();

/**
 * Judges a package by the host's own trust store and release, before anything is delivered there, and keeps a copy of
 * the store for the previews to come.
 *
 * @throws TableauError package-refused, naming the node, if the product there would refuse the package.
 */
export async function approveOnHost(services: Services, approval: Approval): Promise<void> {
  const { host, node, product, fileName, urn } = approval;
  const trust = await approval.fetchTrust(services.trust.digest(node));
  if (trust === null) {
    services.voice.warn(
      urn,
      `[${host.node}] Its ${product}'s trust store was not found: whether it trusts the signer of ${fileName} is not judged.`,
    );
    return;
  }
  await services.trust.keep(node, trust);
  const release = approval.release ?? trust.release;
  if (release !== null && !isAtLeast(release, approval.verifiesFrom)) return;
  const { refusals } = await judge(services, approval, node, trust.digest, release);
  if (refusals.length === 0) return;
  throw new TableauError("package-refused", {
    node: host.node,
    message: `${fileName} was not delivered: its ${product} would refuse it. ${refusals.join(" ")}`,
    next: "Its certificates are judged by its own trust store; `pulumi-tableau verify --trust-store` shows the whole verdict.",
  });
}

function judge(
  services: Services,
  { sha256, bytes }: Approval,
  node: NodeInputs,
  digest: string,
  release: string | null,
): Promise<SignatureJudgement> {
  const key = `${sha256} ${digest} ${release ?? ""}`;
  const store = services.trust.path(node);
  const judgement =
    judged.get(key) ??
    judgeSignature({ bytes, trustStores: store === null ? [] : [store], ...(release === null ? {} : { tableauVersion: release }) });
  judged.set(key, judgement);
  return judgement;
}
