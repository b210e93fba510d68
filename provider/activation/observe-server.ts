import { path } from "../host/fields";
import { connectPluginsPathKey } from "../vocabulary/keys";
import { foldPath, isWindowsPath, normalPath } from "../vocabulary/node-path";
import { otherKeysOf, recordedKey, valuesOf } from "../plan/record/keys-of-record";
import type { ServerRecord } from "../plan/record/record";
import { ownDirectories } from "../plan/placement/load-order";
import { layoutAt } from "../plan/placement/layout";
import { spellAlike } from "../plan/compare/spell-alike";
import { namesTrust } from "../plan/record/recorded-trust";
import type { SeenServer } from "../plan/seen";
import type { SeenTrust } from "../plan/seen-trust";
import type { TsmView, WatchedKeys } from "../tsm/tsm";
import type { Identify } from "../actions/fetch/identify";
import { identifyPackages } from "../actions/fetch/identify-packages";
import { observeNode } from "../actions/observe";
import { observeStores } from "../actions/observe-trust";
import { parseRecord } from "../actions/record/parse-record";
import type { Observation } from "../actions/observe/read-observation";
import type { Target } from "./target";

export interface ServerQuestion {
  /** Digests that the program lists. */
  readonly digests: readonly string[];
  /** Names of the files that the program lists. */
  readonly fileNames: readonly string[];
  /** Directories that may hold files of ours besides the present one: earlier ones of this program. */
  readonly earlierDirectories: readonly string[];
  /** Whether the program lists drivers: else nobody hashes what lies in their folder, unless the record names a file there. */
  readonly drivers: "listed" | "none";
  /** Whether the program lists certificates; absent: only where the record names some the trust stores are looked at. */
  readonly trust?: "listed";
  /** Keys beside our two that are to be asked for, and the values that they may have; absent: none. */
  readonly otherKeys?: WatchedKeys;
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
  const first = unique([
    place.directory,
    ...question.earlierDirectories,
    layoutAt(place.directory).connectors,
    ...ownDirectories(place.directory),
    ...drivers,
  ]);
  if (question.otherKeys !== undefined) target.tsm.watch(question.otherKeys);
  const asksForTrust = question.trust === "listed" ? observeTrust(target) : null;
  // Whatever else fails first is told first.
  asksForTrust?.catch(() => undefined);
  const [firstView, ...observations] = await Promise.all([
    answered ?? target.tsm.look(),
    ...target.hosts.map((host) => ask(target, host, question, first)),
  ]);
  const record = readRecord(target, observations);
  const trust = await (asksForTrust ?? (namesTrust(record) ? observeTrust(target) : null));
  const view = await withRecordedKeys(target, firstView, record);
  const known = new Set(first.map(foldPath));
  const more = directoriesOf(target, view, record).filter((directory) => !known.has(foldPath(directory)));
  const complete =
    more.length === 0
      ? observations
      : await Promise.all(target.hosts.map((host) => ask(target, host, question, unique([...first, ...more]))));
  const nodes = await Promise.all(
    target.hosts.map((host, i) => {
      const expected = expectedOn(at(complete, i), question, record);
      return identifyPackages(host, at(complete, i), expected, question.identify, target.timeouts.command);
    }),
  );
  return {
    view,
    now: new Date(at(complete, 0).clock * 1000),
    fileOwner: at(complete, 0).user,
    seen: spellAlike(
      {
        version: view.version,
        status: view.status,
        ...(view.statusWords === undefined ? {} : { statusWords: view.statusWords }),
        topology: view.nodes,
        keys: view.keys,
        ...(view.otherKeys === undefined ? {} : { otherKeys: view.otherKeys }),
        pending: view.pending,
        runningJobs: view.runningJobs.map(({ description }) => description),
        nodes: trust === null ? nodes : nodes.map((node, i) => ({ ...node, trust: at(trust, i) })),
        record,
        restartRequired: at(complete, 0).restartRequired,
      },
      { directories: [...first, ...more], fileNames: question.fileNames },
    ),
  };
}

// Keys that only the record knows: a program that was interrupted, or another one, has named them.
async function withRecordedKeys(target: Target, view: TsmView, record: ServerRecord | null): Promise<TsmView> {
  const recorded = otherKeysOf(record).filter((key) => !Object.hasOwn(view.otherKeys ?? {}, key));
  if (recorded.length === 0) return view;
  target.tsm.watch(new Map(recorded.map((key) => [key, valuesOf(recordedKey(record, key))])));
  return await target.tsm.look();
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

// Nobody looks into what the program lists, and into what the record names where this package has brought it to that very node.
function expectedOn({ node }: Observation, { digests }: ServerQuestion, record: ServerRecord | null): ReadonlySet<string> {
  const recorded = new Set(Object.values(record?.files ?? {}).map(({ sha256 }) => sha256));
  return new Set([...digests, ...node.stored.map(({ sha256 }) => sha256).filter((sha256) => recorded.has(sha256))]);
}

// Known only after the first look: where the path key points to, and where the record says that files of ours are.
function directoriesOf({ place }: Target, view: TsmView, record: ServerRecord | null): string[] {
  const applies = view.keys[connectPluginsPathKey];
  const applied = record?.keys[connectPluginsPathKey]?.applied;
  const ofKey = [...(applies.kind === "value" ? [applies.value] : []), ...(typeof applied === "string" ? [applied] : [])];
  const ofFiles = Object.values(record?.files ?? {}).flatMap(({ directory, directories }) => [directory, ...(directories ?? [])]);
  // A path of the other system can be no folder of these nodes. One node tells all of this, and every node is asked about it.
  const usable = (directory: string): boolean =>
    path.read([directory]) === directory && isWindowsPath(directory) === isWindowsPath(place.directory);
  return unique([...ofKey.filter(usable).map(normalPath), ...ofFiles.filter(usable)]);
}

function unique(directories: readonly string[]): string[] {
  const seen = new Set<string>();
  return directories.filter((directory) => !seen.has(foldPath(directory)) && seen.add(foldPath(directory)));
}

async function observeTrust({ hosts, tsmPath, trustStores, timeouts }: Target): Promise<SeenTrust[]> {
  const question = { tsmPath, readStore: trustStores.read, timeoutSeconds: timeouts.command };
  return await Promise.all(hosts.map((host) => observeStores(host, question)));
}

function at<T>(observations: readonly T[], index: number): T {
  const observation = observations[index];
  if (observation === undefined) throw new RangeError(`no observation of node ${String(index)}`);
  return observation;
}
