import { connectPluginsPathKey } from "../keys";
import type { ServerRecord } from "../plan/record";
import { ownDirectories } from "../plan/load-order";
import { sharedDirectory, trimSlash } from "../plan/releases";
import type { SeenServer } from "../plan/seen";
import type { TsmView } from "../tsm/tsm";
import type { Identify } from "./identify";
import { identifyPackages } from "./identify-packages";
import { observeNode } from "./observe-node";
import { parseRecord } from "./parse-record";
import type { Observation } from "./read-observation";
import type { Target } from "./target";

export interface ServerQuestion {
  /** Digests that the program lists. */
  readonly digests: readonly string[];
  /** Directories that may hold files of ours besides the present one: earlier ones of this program. */
  readonly earlierDirectories: readonly string[];
  /** Whether the program lists drivers: else nobody hashes what lies in their folder, unless the record names a file there. */
  readonly drivers: "listed" | "none";
  readonly identify: Identify;
}

export interface SeenTarget {
  readonly seen: SeenServer;
  readonly view: TsmView;
  /** By the initial node's clock. */
  readonly now: Date;
  /** The user that files belong to when this package places them. */
  readonly fileOwner: string;
}

/**
 * Looks at every node and at the controller, all at the same time, and changes nothing.
 *
 * @param answered what tsm answered a moment ago, or is about to answer, where it need not be asked again.
 * @throws TableauError (host-*, tsm-*) naming the first node that cannot be looked at: such a node is never "absent".
 */
export async function observeServer(
  target: Target,
  question: ServerQuestion,
  answered: TsmView | Promise<TsmView> | null = null,
): Promise<SeenTarget> {
  const { place, driversDirectory } = target;
  const drivers = question.drivers === "listed" ? [driversDirectory] : [];
  const first = unique([place.directory, ...question.earlierDirectories, sharedDirectory, ...ownDirectories, ...drivers]);
  const [view, ...observations] = await Promise.all([
    answered ?? target.tsm.look(),
    ...target.hosts.map((host) => ask(target, host, question, first)),
  ]);
  const record = readRecord(target, observations);
  const more = directoriesOf(view, record).filter((directory) => !first.includes(directory));
  const complete =
    more.length === 0
      ? observations
      : await Promise.all(target.hosts.map((host) => ask(target, host, question, unique([...first, ...more]))));
  const expected = new Set([...question.digests, ...Object.values(record?.files ?? {}).map(({ sha256 }) => sha256)]);
  const nodes = await Promise.all(
    target.hosts.map((host, i) => identifyPackages(host, at(complete, i), expected, question.identify, target.timeouts.command)),
  );
  return {
    view,
    now: new Date(at(complete, 0).clock * 1000),
    fileOwner: at(complete, 0).user,
    seen: {
      version: view.version,
      status: view.status,
      topology: view.nodes,
      keys: view.keys,
      pending: view.pending,
      runningJobs: view.runningJobs.map(({ description }) => description),
      nodes,
      record,
      restartRequired: at(complete, 0).restartRequired,
    },
  };
}

async function ask(
  target: Target,
  host: Target["hosts"][number],
  question: ServerQuestion,
  directories: readonly string[],
): Promise<Observation> {
  return observeNode(host, {
    stateDirectory: target.stateDirectory,
    digests: question.digests,
    directories,
    timeoutSeconds: target.timeouts.command,
  });
}

function readRecord(target: Target, observations: readonly Observation[]): ServerRecord | null {
  const text = observations[0]?.record ?? null;
  return text === null ? null : parseRecord(target.hosts[0].node, `${target.stateDirectory}/record.json`, text);
}

// Known only after the first look: where the path key points to, and where the record says that files of ours are.
function directoriesOf(view: TsmView, record: ServerRecord | null): string[] {
  const path = view.keys[connectPluginsPathKey];
  return unique([
    ...(path.kind === "value" && path.value.startsWith("/") ? [trimSlash(path.value)] : []),
    ...Object.values(record?.files ?? {}).flatMap(({ directory, directories }) => [directory, ...(directories ?? [])]),
    ...(record?.keys[connectPluginsPathKey]?.applied?.startsWith("/") === true
      ? [trimSlash(record.keys[connectPluginsPathKey].applied)]
      : []),
  ]);
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}

function at(observations: readonly Observation[], index: number): Observation {
  const observation = observations[index];
  if (observation === undefined) throw new RangeError(`no observation of node ${String(index)}`);
  return observation;
}
