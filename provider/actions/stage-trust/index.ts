import { createHash } from "node:crypto";
import { unreadableAnswer } from "../../host/ask";
import { bytes, sha256 } from "../../host/fields";
import type { Host } from "../../host/host";
import { maybe } from "../../host/reply";
import type { Secret } from "../../vocabulary/secret";
import { action, perform } from "../action";
import { arg } from "../arguments";
import { checkAnswer, failures } from "../check-answer";
import failing from "../files/failing.sh";
import { folders } from "../files/folders";
import sums from "../files/sums.sh";
import { largestTrustFile } from "../trust/trust-files";
import trustStore from "../trust/trust-store.sh";
import script from "./linux.sh";
import { onWindows } from "./windows";

const aliasOfCertificate = arg.group({ alias: arg.text, sha256: arg.sha256 });

/** Makes a new trust store beside that of a JRE, by the keytool of that JRE, and sends it. Nothing live changes. */
export const stageTrust = action({
  name: "stage-trust",
  as: "privileged",
  args: {
    stateDirectory: arg.path,
    /** Of the live `cacerts`. */
    path: arg.path,
    /** Its digest as it was seen. */
    was: arg.sha256,
    /** Whether its password is Java's usual one, or comes as the input. */
    password: arg.word<"default" | "given">(),
    remove: arg.counted(aliasOfCertificate),
    add: arg.rest(aliasOfCertificate),
  },
  linux: folders + sums + failing + trustStore + script,
  windows: onWindows,
  reply: { made: maybe({ sha256, content: bytes(largestTrustFile) }), ...failures },
  mostHeld: () => 2 * largestTrustFile,
});

export interface NewStore {
  readonly stateDirectory: string;
  readonly path: string;
  readonly was: string;
  readonly remove: readonly { readonly alias: string; readonly sha256: string }[];
  readonly add: readonly { readonly alias: string; readonly sha256: string }[];
}

export interface MadeStore {
  readonly sha256: string;
  readonly content: Buffer;
}

/**
 * Makes a new trust store beside a live one.
 *
 * @param password of the store; null: Java's usual one.
 * @throws TableauError (host-*, activation-failed); the live one is as before.
 */
export async function makeStore(host: Host, wanted: NewStore, password: Secret | null, timeoutSeconds: number): Promise<MadeStore> {
  const given = password === null ? {} : { input: Buffer.from(`${password.reveal()}\n`) };
  const values = { ...wanted, password: password === null ? ("default" as const) : ("given" as const) };
  const answer = await perform(host, stageTrust, values, { timeoutSeconds, ...given });
  checkAnswer(host.node, `make a new ${wanted.path}`, answer);
  const [made] = answer.lines.made;
  if (made === undefined) throw unreadableAnswer(host.node, "stage-trust", "it does not send the new store");
  if (createHash("sha256").update(made.content).digest("hex") !== made.sha256) {
    throw unreadableAnswer(host.node, "stage-trust", "the new store came damaged");
  }
  return made;
}
