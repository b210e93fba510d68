import { ask } from "../../host/ask";
import type { Host } from "../../host/host";
import type { ProductName } from "../plan/products";
import { mostTrustHeld, toFetchedTrust, trustReply, type FetchedTrust, type NoTrust } from "../../actions/trust";
import { machineTrustScript } from "./unix";
import { machineTrustForm } from "./windows";

export interface MachineTrustQuestion {
  readonly product: ProductName;
  /** null: the newest that is installed. */
  readonly release: string | null;
  /** Digest of what is known already: then nothing is sent again. */
  readonly known: string | null;
  readonly timeoutSeconds: number;
}

/** Asks a machine what a product on it trusts; bytes travel only if they differ from what is known. */
export async function fetchMachineTrust(host: Host, question: MachineTrustQuestion): Promise<FetchedTrust | NoTrust> {
  const { product, release, known, timeoutSeconds } = question;
  const args = [product, release ?? "", known ?? "none"];
  const { lines } = await ask(host, {
    name: "machine-trust",
    linux: machineTrustScript,
    windows: machineTrustForm,
    args,
    reply: trustReply,
    mostHeld: mostTrustHeld,
    as: "login",
    timeoutSeconds,
  });
  return toFetchedTrust(host.node, known, lines);
}
