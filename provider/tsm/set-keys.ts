import { disableVerifyKey, isOwnKey } from "../vocabulary/keys";
import { callFailed } from "./answer-error";
import type { Call, CallAnswer } from "./call";
import { cleanLines } from "./clean-lines";
import * as command from "./command";
import { assertAnswered } from "./failure-error";
import type { KeyChange, KeyOutcome } from "./tsm";

/** One way to make a change, and what it comes to. */
interface Attempt {
  readonly how: KeyOutcome["how"];
  readonly call: Call;
}

/** Changes that one call of tsm makes, and the ways to make them. */
interface Way {
  readonly changes: readonly KeyChange[];
  readonly attempts: readonly Attempt[];
}

/** Each change has a call of its own, but for values that may be secrets: they go to tsm in one file. */
function waysOf(changes: readonly KeyChange[]): readonly Way[] {
  const isHidden = ({ key, value }: KeyChange): boolean => !isOwnKey(key) && value !== null;
  const hidden = changes.filter(isHidden);
  const values = new Map(hidden.map(({ key, value }) => [key, value ?? ""]));
  const open = changes.filter((change) => !isHidden(change)).map((change) => ({ changes: [change], attempts: attemptsFor(change) }));
  return hidden.length === 0 ? open : [...open, { changes: hidden, attempts: [{ how: "set", call: command.importKeys(values) }] }];
}

/**
 * The ways to make one change, best first: the next is for where tsm refuses the one before. What `-d` does with a forced key is
 * not documented, so a reset ends with setting the value that has the same effect: signatures are verified, anything else is empty.
 */
function attemptsFor(change: KeyChange): readonly Attempt[] {
  if (change.value !== null) {
    return [{ how: "set", call: command.setKey(change.key, change.value) }];
  }
  return [
    { how: "reset", call: command.resetKey(change.key, "force-keys") },
    { how: "reset", call: command.resetKey(change.key, "known-keys") },
    { how: "fallback", call: command.setKey(change.key, change.key === disableVerifyKey ? "false" : "") },
  ];
}

type RunCalls = (calls: readonly Call[]) => Promise<readonly CallAnswer[]>;

/**
 * Makes changes, each by the first attempt that tsm accepts, and asks `afterwards`: all in one script where the first attempts
 * are accepted, which is the rule.
 *
 * @throws TableauError (tsm-command-failed) with the answer to the last attempt; (tsm-unreachable, tsm-login-refused, ...) at once.
 */
export async function setKeys(
  changes: readonly KeyChange[],
  afterwards: readonly Call[],
  run: RunCalls,
): Promise<{ readonly outcomes: readonly KeyOutcome[]; readonly pending: readonly CallAnswer[] }> {
  const ways = waysOf(changes);
  const answers = await run([...ways.flatMap(({ attempts: [first] }) => (first === undefined ? [] : [first.call])), ...afterwards]);
  const outcomes: KeyOutcome[] = [];
  let repeated = false;
  for (const [index, way] of ways.entries()) {
    const answer = answers[index];
    const [first] = way.attempts;
    const isDone = first !== undefined && answer !== undefined && isAccepted(answer);
    const how = isDone ? first.how : await setFirstAccepted(way, run, answer);
    for (const { key } of way.changes) outcomes.push({ key, how });
    repeated ||= !isDone;
  }
  return { outcomes, pending: repeated ? await run(afterwards) : answers.slice(ways.length) };
}

async function setFirstAccepted({ changes, attempts }: Way, run: RunCalls, answered: CallAnswer | undefined): Promise<KeyOutcome["how"]> {
  let refused = answered;
  for (const { how, call } of attempts.slice(answered === undefined ? 0 : 1)) {
    if (refused !== undefined) {
      refuseOther(changes, refused);
    }
    [refused] = await run([call]);
    if (refused !== undefined && isAccepted(refused)) {
      return how;
    }
  }
  if (refused !== undefined) {
    refuseOther(changes, refused);
  }
  throw callFailed(refused ?? { node: "", call: command.listJobs(), stdout: "", stderr: "", exit: 1 });
}

// Only a reset may be refused for its options and tried in another way.
function refuseOther(changes: readonly KeyChange[], refused: CallAnswer): void {
  if (changes.some(({ value }) => value !== null) || !isOptionRefused(refused)) {
    assertAnswered(refused);
  }
}

/** What tsm prints when a set succeeds is not documented; a refusal says `Configuration error: ...`. */
function isAccepted(answer: CallAnswer): boolean {
  const says = (form: RegExp, text: string): boolean => cleanLines(text).some((line) => form.test(line.text.trim()));
  // On standard error, a logger may speak of an error of its own.
  const refused = says(/^(?:configuration )?error: /i, answer.stdout) || says(/^configuration error: /i, answer.stderr);
  return answer.exit === 0 && !refused && !isOptionRefused(answer);
}

function isOptionRefused(answer: CallAnswer): boolean {
  return linesOf(answer).some(isRefusal);
}

function isRefusal(line: string): boolean {
  return /^(?:error: )?(?:unrecognized option|missing (?:required )?(?:option|argument)|unknown key)/i.test(line);
}

function linesOf(answer: CallAnswer): readonly string[] {
  return [...cleanLines(answer.stdout), ...cleanLines(answer.stderr)].map((line) => line.text.trim());
}
