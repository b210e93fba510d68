import { TableauError } from "../../vocabulary/error";
import { ask, type Reply, unreadableAnswer } from "../../host/ask";
import { asked, each } from "../../host/fields";
import type { Host } from "../../host/host";
import { many, once } from "../../host/reply";
import { batched } from "../batched";
import { checkAnswer, failures } from "../check-answer";
import { deliverScript } from "./linux";
import { deliverForm } from "./windows";

/** A package on its way into the store of a node. */
export interface Parcel {
  readonly sha256: string;
  /** Of all its bytes, whatever their form. */
  readonly size: number;
  /** `folder`: of an unpacked connector, and its bytes are a sequence of files. Default: a file. */
  readonly form?: "folder";
  readonly pluginClass: string;
  readonly pluginVersion: string;
  readonly fileName: string;
  bytes(): Promise<Buffer>;
}

/**
 * Sees to it that a node's store holds a package, verified there. Bytes travel only where they are missing or damaged,
 * and packages that are delivered to a node at the same time travel together, in one session: the node says which it
 * wants, and gets those.
 *
 * @returns true if bytes travelled.
 * @throws TableauError (host-*, digest-mismatch); the store then is as before.
 */
export async function deliver(host: Host, parcel: Parcel, stateDirectory: string, timeoutSeconds: number): Promise<boolean> {
  const outcome = await send(host, { parcel, stateDirectory, timeoutSeconds });
  if (outcome instanceof TableauError) throw outcome;
  return outcome === "travelled";
}

interface Shipment {
  readonly parcel: Parcel;
  readonly stateDirectory: string;
  readonly timeoutSeconds: number;
}

type Outcome = "travelled" | "was there" | TableauError;

// A hundred are at most 60 kB of a command.
const send = batched<Shipment, Outcome>(100, async (host, shipments) => {
  const [first, ...others] = shipments;
  const together = first !== undefined && others.every(({ stateDirectory }) => stateDirectory === first.stateDirectory);
  if (together) {
    const outcomes = await ship(host, shipments);
    if (others.length === 0 || outcomes.every((outcome) => !(outcome instanceof TableauError))) return outcomes;
  }
  // One by one where something is wrong with one of them: the others arrive, and each failure has its own words.
  const outcomes: (readonly Outcome[])[] = [];
  for (const shipment of shipments) outcomes.push(await ship(host, [shipment]));
  return outcomes.flat();
});

function deliverReply(shipments: readonly Shipment[]) {
  const sha256 = asked(shipments.map(({ parcel }) => parcel.sha256));
  return {
    wants: once({ digests: each(shipments.length, sha256) }),
    // Once for each time that the program names it.
    delivered: many(shipments.length, { sha256 }),
    ...failures,
  };
}

async function ship(host: Host, shipments: readonly Shipment[]): Promise<Outcome[]> {
  const wants = deferredWants();
  const reply = deliverReply(shipments);
  const answer = await ask(
    host,
    {
      name: "deliver",
      linux: deliverScript,
      windows: deliverForm,
      args: [shipments[0]?.stateDirectory ?? "", ...shipments.flatMap(({ parcel }) => describe(parcel))],
      reply,
      as: "privileged",
      input: bytesOf(shipments, wants.digests),
      timeoutSeconds: shipments.reduce((sum, { timeoutSeconds }) => sum + timeoutSeconds, 0),
    },
    (line) => {
      if (line.kind === "wants") wants.hear(line.digests);
    },
  ).finally(() => wants.hear([]));
  const failure = failureOf(host, shipments, answer);
  const wanted = await wants.digests;
  return shipments.map(({ parcel }) => failure ?? (wanted.has(parcel.sha256) ? "travelled" : "was there"));
}

function describe({ sha256, size, form, pluginClass, pluginVersion, fileName }: Parcel): string[] {
  return [sha256, form === "folder" ? "-" : String(size), pluginClass, pluginVersion, fileName];
}

interface Wants {
  readonly digests: Promise<ReadonlySet<string>>;
  readonly hear: (digests: readonly string[]) => void;
}

function deferredWants(): Wants {
  let resolve!: (digests: ReadonlySet<string>) => void;
  const digests = new Promise<ReadonlySet<string>>((accept) => (resolve = accept));
  return {
    digests,
    hear: (wanted) => resolve(new Set(wanted)),
  };
}

async function* bytesOf(shipments: readonly Shipment[], wanted: Promise<ReadonlySet<string>>): AsyncIterable<Buffer> {
  const digests = await wanted;
  for (const { parcel } of shipments) {
    if (digests.has(parcel.sha256)) yield* slices(await parcel.bytes());
  }
}

// A write for each, so that a slow node does not have this machine hold a second copy of everything.
function* slices(bytes: Buffer): Iterable<Buffer> {
  const size = 256 * 1024;
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

function failureOf(host: Host, shipments: readonly Shipment[], answer: Reply<ReturnType<typeof deliverReply>>): TableauError | null {
  try {
    checkAnswer(host.node, `store ${shipments.map(({ parcel }) => parcel.fileName).join(", ")}`, answer);
  } catch (error) {
    if (error instanceof TableauError) return error;
    throw error;
  }
  const { wants, delivered } = answer.lines;
  const there = new Set(delivered.map(({ sha256 }) => sha256));
  const missing = wants.flatMap(({ digests }) => digests).find((digest) => !there.has(digest));
  return missing === undefined ? null : unreadableAnswer(host.node, "deliver", `it does not tell whether ${missing} was stored`);
}
