import type { Host } from "../../host/host";
import { action, perform } from "../../actions/action";
import { arg } from "../../actions/arguments";
import { toFetchedTrust, trustAnswer, type FetchedTrust, type NoTrust } from "../../actions/trust";
import type { ProductName } from "../plan/products";
import script from "./unix.sh";
import { onWindows } from "./windows";

/**
 * Sends what a program of Tableau on a machine trusts: the cacerts of its JRE, its blocked.certs and its java.security.
 *
 * @see https://github.com/tableau/connector-plugin-sdk/issues/903
 */
export const machineTrust = action({
  ...trustAnswer,
  name: "machine-trust",
  as: "login",
  args: {
    product: arg.word<ProductName>(),
    /** null: the newest that is installed. */
    release: arg.orNull(arg.text, ""),
    /** Digest of what is known already: then nothing is sent again. */
    known: arg.orNull(arg.sha256, "none"),
  },
  linux: script,
  windows: onWindows,
});

export interface MachineTrustQuestion {
  readonly product: ProductName;
  readonly release: string | null;
  readonly known: string | null;
  readonly timeoutSeconds: number;
}

/** Asks a machine what a product on it trusts; bytes travel only if they differ from what is known. */
export async function fetchMachineTrust(host: Host, { timeoutSeconds, ...asked }: MachineTrustQuestion): Promise<FetchedTrust | NoTrust> {
  const { lines } = await perform(host, machineTrust, asked, { timeoutSeconds });
  return toFetchedTrust(host.node, asked.known, lines);
}
