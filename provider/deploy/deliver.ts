import type { Host } from "../host/host";
import { checkAnswer } from "./check-answer";
import { observeNode } from "./observe-node";
import { deliverScript } from "./scripts/deliver";

/** A package on its way into the store of a node. */
export interface Parcel {
  readonly sha256: string;
  readonly size: number;
  readonly pluginClass: string;
  readonly pluginVersion: string;
  readonly fileName: string;
  bytes(): Promise<Buffer>;
}

/**
 * Sees to it that a node's store holds a package, verified there. Bytes travel only where they are missing or damaged.
 *
 * @returns true if bytes travelled.
 * @throws TableauError (host-*, digest-mismatch); the store then is as before.
 */
export async function deliver(host: Host, parcel: Parcel, stateDirectory: string, timeoutSeconds: number): Promise<boolean> {
  const { sha256, size, pluginClass, pluginVersion, fileName } = parcel;
  if (await isDelivered(host, sha256, stateDirectory, timeoutSeconds)) return false;
  const answer = await host.run({
    name: "deliver",
    text: deliverScript,
    args: [stateDirectory, sha256, String(size), pluginClass, pluginVersion, fileName],
    as: "privileged",
    input: await parcel.bytes(),
    timeoutSeconds,
  });
  checkAnswer(host.node, `store ${fileName}`, answer);
  return true;
}

async function isDelivered(host: Host, sha256: string, stateDirectory: string, timeoutSeconds: number): Promise<boolean> {
  const { node } = await observeNode(host, { stateDirectory, digests: [sha256], directories: [], timeoutSeconds });
  return node.stored.some((stored) => stored.sha256 === sha256 && stored.intact === true);
}
