import { TableauError } from "../../vocabulary/error";
import { type Reply, unreadableAnswer } from "../../host/ask";
import { asked, each } from "../../host/fields";
import type { Host } from "../../host/host";
import { many, once } from "../../host/reply";
import { action, perform } from "../action";
import { arg } from "../arguments";
import { batched } from "../batched";
import { checkAnswer, failures } from "../check-answer";
import failing from "../files/failing.sh";
import { folders } from "../files/folders";
import sums from "../files/sums.sh";
import tree from "../files/tree.sh";
import script from "./linux.sh";
import { type DescribedPackage, onWindows } from "./windows";

/** Sees to it that the store holds packages, verified. It says which it wants, and reads the bytes of those from its input. */
export const deliver = action({
  name: "deliver",
  as: "privileged",
  args: {
    stateDirectory: arg.path,
    packages: arg.rest(
      arg.group({
        sha256: arg.sha256,
        size: arg.orNull(arg.int, "-"),
        pluginClass: arg.text,
        pluginVersion: arg.text,
        fileName: arg.text,
        live: arg.orNull(arg.path, "-"),
      }),
    ),
  },
  linux: folders + sums + failing + tree + script,
  windows: onWindows,
  reply: ({ packages }) => {
    const sha256 = asked(packages.map(({ sha256: digest }) => digest));
    return {
      wants: once({ digests: each(packages.length, sha256) }),
      // Once for each time that the program names it.
      delivered: many(packages.length, { sha256 }),
      /** From a live file. */
      copied: many(packages.length, { sha256 }),
      ...failures,
    };
  },
});

/** A package on its way into the store of a node. */
export interface Package {
  readonly sha256: string;
  /** Of all its bytes, whatever their form. */
  readonly size: number;
  /** `folder`: of an unpacked connector, and its bytes are a sequence of files. Default: a file. */
  readonly form?: "folder";
  readonly pluginClass: string;
  readonly pluginVersion: string;
  readonly fileName: string;
  /** Path on the node of a live file that may have the same bytes, which need not travel then. Default: none. */
  readonly live?: string;
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
export async function deliverPackage(host: Host, sent: Package, stateDirectory: string, timeoutSeconds: number): Promise<boolean> {
  const outcome = await deliverTogether(host, { ...sent, stateDirectory, timeoutSeconds });
  if (outcome instanceof TableauError) throw outcome;
  return outcome === "travelled";
}

interface Delivery extends Package {
  readonly stateDirectory: string;
  readonly timeoutSeconds: number;
}

type Outcome = "travelled" | "was there" | TableauError;

// A hundred are at most 60 kB of a command.
const deliverTogether = batched<Delivery, Outcome>(100, async (host, deliveries) => {
  const [first, ...others] = deliveries;
  const together = first !== undefined && others.every(({ stateDirectory }) => stateDirectory === first.stateDirectory);
  if (together) {
    const outcomes = await send(host, deliveries);
    if (others.length === 0 || outcomes.every((outcome) => !(outcome instanceof TableauError))) return outcomes;
  }
  // One by one where something is wrong with one of them: the others arrive, and each failure has its own words.
  const outcomes: (readonly Outcome[])[] = [];
  for (const delivery of deliveries) outcomes.push(await send(host, [delivery]));
  return outcomes.flat();
});

async function send(host: Host, deliveries: readonly Delivery[]): Promise<Outcome[]> {
  const wants = deferredWants();
  const stateDirectory = deliveries[0]?.stateDirectory ?? "";
  const timeoutSeconds = deliveries.reduce((sum, delivery) => sum + delivery.timeoutSeconds, 0);
  const performance = { timeoutSeconds, input: bytesOf(deliveries, wants.digests) };
  const answer = await perform(host, deliver, { stateDirectory, packages: deliveries.map(describe) }, performance, (line) => {
    if (line.kind === "wants") wants.hear(line.digests);
  }).finally(() => wants.hear([]));
  const failure = failureOf(host, deliveries, answer);
  const wanted = await wants.digests;
  return deliveries.map(({ sha256 }) => failure ?? (wanted.has(sha256) ? "travelled" : "was there"));
}

function describe({ form, size, live, ...rest }: Package): DescribedPackage {
  return { ...rest, live: live ?? null, size: form === "folder" ? null : size };
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

async function* bytesOf(deliveries: readonly Delivery[], wanted: Promise<ReadonlySet<string>>): AsyncIterable<Buffer> {
  const digests = await wanted;
  for (const delivery of deliveries) {
    if (digests.has(delivery.sha256)) yield* slices(await delivery.bytes());
  }
}

// A write for each, so that a slow node does not have this machine hold a second copy of everything.
function* slices(bytes: Buffer): Iterable<Buffer> {
  const size = 256 * 1024;
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

function failureOf(host: Host, deliveries: readonly Delivery[], answer: Reply<ReturnType<typeof deliver.reply>>): TableauError | null {
  try {
    checkAnswer(host.node, `store ${deliveries.map(({ fileName }) => fileName).join(", ")}`, answer);
  } catch (error) {
    if (error instanceof TableauError) return error;
    throw error;
  }
  const { wants, delivered } = answer.lines;
  const stored = new Set(delivered.map(({ sha256 }) => sha256));
  const missing = wants.flatMap(({ digests }) => digests).find((digest) => !stored.has(digest));
  return missing === undefined ? null : unreadableAnswer(host.node, "deliver", `it does not tell whether ${missing} was stored`);
}
