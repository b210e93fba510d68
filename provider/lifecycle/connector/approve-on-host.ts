import { fetchTrust } from "../../deploy/fetch-trust";
import { TableauError } from "../../error";
import { firstReleaseThatVerifies } from "../../plan/releases";
import { isAtLeast } from "../../version";
import type { Host } from "../../host/host";
import type { NodeInputs, ServerInputs } from "../inputs/server-inputs";
import type { Services } from "../services";
import { judgeSignature, type SignatureJudgement } from "../trust/judge-signature";

export interface Approval {
  readonly host: Host;
  readonly server: ServerInputs;
  readonly sha256: string;
  readonly fileName: string;
  readonly bytes: Buffer;
  readonly urn: string;
  readonly timeoutSeconds: number;
}

// The same package judged by the same trust store has the same verdict on every node of this process.
const judged = new Map<string, Promise<SignatureJudgement>>();

/**
 * Judges a package by the host's own trust store and release, before anything is delivered there, and keeps a copy of
 * the store for the previews to come.
 *
 * @throws TableauError package-refused, naming the node, if its Tableau Server would refuse the package.
 */
export async function approveOnHost(services: Services, approval: Approval): Promise<void> {
  const { host, server, fileName, urn } = approval;
  const node = server.nodes.find(({ name }) => name === host.node);
  const trust = node === undefined ? null : await fetchTrust(host, services.trust.digest(node), approval.timeoutSeconds);
  if (node === undefined || trust === null) {
    services.voice.warn(
      urn,
      `[${host.node}] Its Tableau Server's trust store was not found: whether it trusts the signer of ${fileName} is not judged.`,
    );
    return;
  }
  await services.trust.keep(node, trust);
  const release = server.version ?? trust.release;
  if (release !== null && !isAtLeast(release, firstReleaseThatVerifies)) return;
  const { refusals } = await judge(services, approval, node, trust.digest, release);
  if (refusals.length === 0) return;
  throw new TableauError("package-refused", {
    node: host.node,
    message: `${fileName} was not delivered: this server would refuse it. ${refusals.join(" ")}`,
    next: "Its certificates are judged by the server's own trust store; `pulumi-tableau verify --trust-store` shows the whole verdict.",
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
