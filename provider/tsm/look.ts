import { connectPluginsPathKey, disableVerifyKey } from "../vocabulary/keys";
import { answerUnreadable, callFailed } from "./answer-error";
import type { Call, CallAnswer } from "./call";
import * as command from "./command";
import { assertAnswered } from "./failure-error";
import { parseJobs, type Jobs } from "./parse-jobs";
import { parseKey, parseOtherKey } from "./parse-key";
import { parseNodes } from "./parse-nodes";
import { parsePendingConfig } from "./parse-pending-config";
import { parseStatus } from "./parse-status";
import { parseVersion } from "./parse-version";
import { toRunningJobs } from "./running-jobs";
import type { Earlier, KeyAnswer, PendingChanges, TsmView, WatchedKeys } from "./tsm";
import { listLines } from "./clean-lines";

const nothingPending = /^\W*there are no pending (?:topology )?changes\W*$/i;

/** The calls of one look, in the order in which {@link readLook} takes their answers. Status is first: it fails soonest. */
export function lookCalls(earlier: Earlier | null, watched: WatchedKeys): readonly Call[] {
  return [
    command.status(),
    ...(earlier === null ? [command.version(), command.listNodes(), command.listJobs()] : []),
    ...(earlier?.changed === "processes" ? [] : configurationCalls(watched)),
  ];
}

function configurationCalls(watched: WatchedKeys): readonly Call[] {
  return [connectPluginsPathKey, disableVerifyKey, ...watched.keys()].map(command.getKey).concat(pendingCalls());
}

export function pendingCalls(): readonly Call[] {
  return [command.listPending("config"), command.listPending("topology")];
}

/**
 * Makes a view of the answers to {@link lookCalls}.
 *
 * @param ours what our keys, and the watched ones, are known to have been given.
 */
export function readLook(answers: readonly CallAnswer[], earlier: Earlier | null, ours: OurKeys): TsmView {
  const next = inOrder(answers, lookCalls(earlier, ours.watched));
  const status = parseStatus(next());
  const server = earlier === null ? readServer(next) : serverOf(earlier.view);
  const { keys, otherKeys, pending } = earlier?.changed === "processes" ? earlier.view : readConfiguration(next, ours);
  return { ...server, ...status, keys, ...(otherKeys === undefined ? {} : { otherKeys }), pending };
}

/** What is known of the keys that a list of pending changes may show. */
export interface OurKeys {
  /** Values of our two keys. */
  readonly values: readonly string[];
  readonly watched: WatchedKeys;
}

type Next = () => CallAnswer;
type ServerView = Pick<TsmView, "version" | "build" | "nodes" | "runningJobs">;

function serverOf({ version, build, nodes }: TsmView): ServerView {
  return { version, build, nodes, runningJobs: [] };
}

function readServer(next: Next): ServerView {
  const { version, build } = parseVersion(next());
  const nodes = parseNodes(next());
  return { version, build, nodes, runningJobs: toRunningJobs(parseJobs(next()).jobs) };
}

function readConfiguration(next: Next, { values, watched }: OurKeys): Pick<TsmView, "keys" | "otherKeys" | "pending"> {
  const keys = { [connectPluginsPathKey]: parseKey(next()), [disableVerifyKey]: parseKey(next()) };
  const applied = Object.values(keys).flatMap(valueOf);
  const others = [...watched].map(([name, known]) => [name, parseOtherKey(next(), known)] as const);
  const now = new Map(others.map(([name, answer]) => [name, [...(watched.get(name) ?? []), ...valueOf(answer)]]));
  const pending = readPendingAnswers(next, { values: [...values, ...applied], watched: now });
  return { keys, ...(others.length === 0 ? {} : { otherKeys: Object.fromEntries(others) }), pending };
}

/** The value that a server told of a key, if it did. */
export function valueOf(answer: KeyAnswer): string[] {
  return answer.kind === "value" ? [answer.value] : [];
}

/** The list of jobs among the answers to {@link lookCalls}. */
export function readJobs(answers: readonly CallAnswer[]): Jobs | undefined {
  const answer = answers.find(({ call }) => call.name === command.listJobs().name);
  return answer === undefined ? undefined : parseJobs(answer);
}

/** Makes pending changes of the answers to {@link pendingCalls}. */
export function readPending(answers: readonly CallAnswer[], ours: OurKeys): PendingChanges {
  return readPendingAnswers(inOrder(answers, pendingCalls()), ours);
}

function readPendingAnswers(next: Next, { values, watched }: OurKeys): PendingChanges {
  const configuration = parsePendingConfig(next(), values, watched);
  return { ...configuration, topology: parsePendingTopology(next()) };
}

/** Hands out the answers one by one. Each is first asked why tsm did not answer, if it did not. */
function inOrder(answers: readonly CallAnswer[], calls: readonly Call[]): Next {
  let index = 0;
  return () => {
    const answer = answers[index];
    const call = calls[index];
    index += 1;
    if (answer !== undefined) {
      assertAnswered(answer);
      return answer;
    }
    const last = answers.at(-1);
    throw answerUnreadable(
      { node: last?.node ?? "", call: call ?? command.status(), stdout: "", stderr: "", exit: 0 },
      { expected: "an answer" },
    );
  };
}

/** Reads `tsm pending-changes list --topology-only`: whatever does not say that nothing is pending shows that something is. */
export function parsePendingTopology(answer: CallAnswer): boolean {
  if (answer.exit !== 0) {
    throw callFailed(answer);
  }
  const lines = [...listLines(answer.stdout), ...listLines(answer.stderr)];
  if (lines.length === 0) {
    throw answerUnreadable(answer, { expected: "`There are no pending topology changes.` or changes" });
  }
  return !lines.some((line) => nothingPending.test(line.text));
}
