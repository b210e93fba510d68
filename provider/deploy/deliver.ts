import { TableauError } from "../error";
import type { Answer, Host } from "../host/host";
import { batched } from "./batched";
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
 * Sees to it that a node's store holds a package, verified there. Bytes travel only where they are missing or damaged,
 * and packages that are delivered to a node at the same time travel together.
 *
 * @returns true if bytes travelled.
 * @throws TableauError (host-*, digest-mismatch); the store then is as before.
 */
export async function deliver(host: Host, parcel: Parcel, stateDirectory: string, timeoutSeconds: number): Promise<boolean> {
  if (await isDelivered(host, parcel.sha256, stateDirectory, timeoutSeconds)) return false;
  const error = await send(host, { parcel, stateDirectory, timeoutSeconds });
  if (error !== null) throw error;
  return true;
}

async function isDelivered(host: Host, sha256: string, stateDirectory: string, timeoutSeconds: number): Promise<boolean> {
  const { node } = await observeNode(host, { stateDirectory, digests: [sha256], directories: [], timeoutSeconds });
  return node.stored.some((stored) => stored.sha256 === sha256 && stored.intact === true);
}

interface Shipment {
  readonly parcel: Parcel;
  readonly stateDirectory: string;
  readonly timeoutSeconds: number;
}

// null: it is stored.
const send = batched<Shipment, TableauError | null>(100, async (host, shipments) => {
  const [first, ...others] = shipments;
  const together = first !== undefined && others.every(({ stateDirectory }) => stateDirectory === first.stateDirectory);
  if (together && others.length > 0 && failureOf(host, shipments, await run(host, shipments)) === null) return shipments.map(() => null);
  // One by one where something is wrong with one of them: the others arrive, and each failure has its own words.
  const outcomes: (TableauError | null)[] = [];
  for (const shipment of shipments) outcomes.push(failureOf(host, [shipment], await run(host, [shipment])));
  return outcomes;
});

async function run(host: Host, shipments: readonly Shipment[]): Promise<Answer> {
  const describe = ({ sha256, size, pluginClass, pluginVersion, fileName }: Parcel): string[] => {
    return [sha256, String(size), pluginClass, pluginVersion, fileName];
  };
  return await host.run({
    name: "deliver",
    text: deliverScript,
    args: [shipments[0]?.stateDirectory ?? "", ...shipments.flatMap(({ parcel }) => describe(parcel))],
    as: "privileged",
    input: bytesOf(shipments),
    timeoutSeconds: shipments.reduce((sum, { timeoutSeconds }) => sum + timeoutSeconds, 0),
  });
}

async function* bytesOf(shipments: readonly Shipment[]): AsyncIterable<Buffer> {
  for (const { parcel } of shipments) yield* slices(await parcel.bytes());
}

// A write for each, so that a slow node does not have this machine hold a second copy of everything.
function* slices(bytes: Buffer): Iterable<Buffer> {
  const size = 256 * 1024;
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

function failureOf(host: Host, shipments: readonly Shipment[], answer: Answer): TableauError | null {
  try {
    checkAnswer(host.node, `store ${shipments.map(({ parcel }) => parcel.fileName).join(", ")}`, answer);
    return null;
  } catch (error) {
    if (error instanceof TableauError) return error;
    throw error;
  }
}
