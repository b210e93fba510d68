import type { FetchedTrust, NoTrust } from "../../actions/trust";
import { TableauError } from "../../vocabulary/error";
import { isAtLeast } from "../../vocabulary/version";
import type { Host } from "../../host/host";
import type { NodeInputs } from "../../schema/server";
import type { Services } from "../services";
import { judgeSignature, type SignatureJudgement } from "../trust/judge-signature";

export interface Approval {
  readonly host: Host;
  /** Whose trust store it is, in the cache. */
  readonly node: NodeInputs;
  /** Asks the host for its trust store, unless it is the one with the `known` digest. */
  readonly fetchTrust: (known: string | null) => Promise<FetchedTrust | NoTrust>;
  /** The trust store that the program names, by which `check` has judged; null: none. */
  readonly trustStore: string | null;
  /** Certificates that the product is to trust by the same `up`, as PEM text; absent: none. */
  readonly certificates?: readonly string[];
  /** Whether it is documented where the product has its trust store. */
  readonly storePlace: "documented" | "unknown";
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
 * @throws TableauError package-refused, naming the node, if the product there would refuse the package; trust-store-not-found if
 * nothing is there to judge trust by, and the program names nothing either.
 */
export async function approveOnHost(services: Services, approval: Approval): Promise<void> {
  const { host, node, product, fileName } = approval;
  const trust = await approval.fetchTrust(services.trust.digest(node));
  const release = approval.release ?? ("release" in trust ? trust.release : null);
  const verifies = release === null || isAtLeast(release, approval.verifiesFrom);
  if ("lookedFor" in trust) {
    if (verifies) withoutStore(services, approval, trust);
    return;
  }
  await services.trust.keep(node, trust);
  if (!verifies) return;
  const { refusals } = await judge(services, approval, node, trust.digest, release);
  if (refusals.length === 0) return;
  throw new TableauError("package-refused", {
    node: host.node,
    message: `${fileName} was not delivered: its ${product} would refuse it. ${refusals.join(" ")}`,
    next: "Its certificates are judged by its own trust store; `pulumi-tableau verify --trust-store` shows the whole verdict.",
  });
}

function withoutStore(
  services: Services,
  { host, product, fileName, trustStore, storePlace, urn }: Approval,
  { lookedFor }: NoTrust,
): void {
  const notFound = `${product}'s trust store was not found${lookedFor === "" ? "" : ` (looked for ${lookedFor})`}`;
  if (trustStore !== null) {
    services.voice.say(urn, `[${host.node}] ${notFound}: trust in the signer of ${fileName} was judged by ${trustStore} alone.`);
    return;
  }
  if (storePlace === "unknown") {
    services.voice.warn(urn, `[${host.node}] ${notFound}: whether it trusts the signer of ${fileName} is not judged.`);
    return;
  }
  throw new TableauError("trust-store-not-found", {
    node: host.node,
    message: `${fileName} was not delivered: ${notFound}, so nobody can tell whether ${product} trusts its signer.`,
    next: "Give the file with the certificates that it trusts as `trustStore`, or say `requireSignature: false`: then trust is not judged.",
  });
}

function judge(
  services: Services,
  { sha256, bytes, certificates = [] }: Approval,
  node: NodeInputs,
  digest: string,
  release: string | null,
): Promise<SignatureJudgement> {
  const key = [sha256, digest, release ?? "", ...certificates].join(" ");
  const store = services.trust.path(node);
  const judgement =
    judged.get(key) ??
    judgeSignature({
      bytes,
      trustStores: store === null ? [] : [store],
      certificates,
      ...(release === null ? {} : { tableauVersion: release }),
    });
  judged.set(key, judgement);
  return judgement;
}
