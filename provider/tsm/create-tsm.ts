import { TableauError } from "../vocabulary/error";
import type { Host } from "../host/host";
import { isOwnKey } from "../vocabulary/keys";
import { answerUnreadable, callFailed } from "./answer-error";
import type { Call, CallAnswer } from "./call";
import { systemClock, type Clock } from "./clock";
import * as command from "./command";
import { assertAnswered } from "./failure-error";
import type { JobContext } from "./job-context";
import { joinRunningJobs } from "./join-running-jobs";
import { lookCalls, type OurKeys, pendingCalls, readJobs, readLook, readPending, valueOf } from "./look";
import type { Jobs } from "./parse-jobs";
import { runJob } from "./run-job";
import { Runner } from "./runner";
import { setKeys } from "./set-keys";
import type { OnProgress, Tsm, TsmOptions } from "./tsm";

/**
 * The tsm of the server whose initial node is `host`. Nothing runs before the first method is called.
 *
 * @throws TableauError (argument-invalid) if a password comes without a user name, or has a line end.
 */
export function createTsm(host: Host, options: TsmOptions, clock: Clock = systemClock): Tsm {
  validate(options);
  const runner = new Runner(host, options);
  // Values that our keys are known to have or to have had: in a list of pending changes they are no change of their own.
  const ourValues = new Set<string>();
  const watched = new Map<string, Set<string>>();
  const ours = (): OurKeys => ({ values: [...ourValues], watched: new Map([...watched].map(([key, values]) => [key, [...values]])) });
  const remember = (key: string, values: readonly string[]): void => {
    const known = isOwnKey(key) ? ourValues : (watched.get(key) ?? new Set());
    for (const value of values) if (value !== "") known.add(value);
    if (!isOwnKey(key)) watched.set(key, known);
  };

  const runAll = (calls: readonly Call[]): Promise<readonly CallAnswer[]> =>
    runner.run(calls, { timeoutSeconds: options.commandTimeoutSeconds * calls.length });

  const runOne = async (call: Call): Promise<CallAnswer> => {
    const [answer] = await runAll([call]);
    if (answer === undefined) {
      throw answerUnreadable({ node: host.node, call, stdout: "", stderr: "", exit: 0 }, { expected: "an answer" });
    }
    return answer;
  };

  /** Undefined after a look that did not ask: an older list would take a job of ours for another. */
  let looked: Jobs | undefined;
  const jobs = (onProgress: OnProgress): JobContext => ({
    ...{ runner, options, clock, onProgress },
    ...(looked === undefined ? {} : { looked }),
  });

  return {
    prepare: () => {
      runner.prepare();
    },
    watch: (keys) => {
      keys.forEach((values, key) => remember(key, values));
    },
    look: async (earlier = null) => {
      const known = ours();
      const answers = await runAll(lookCalls(earlier, known.watched));
      const view = readLook(answers, earlier, known);
      looked = readJobs(answers);
      for (const [key, answer] of Object.entries({ ...view.keys, ...view.otherKeys })) remember(key, valueOf(answer));
      return view;
    },
    setKeys: async (changes) => {
      changes.forEach(({ key, value }) => {
        remember(key, value === null ? [] : [value]);
      });
      const { outcomes, pending } = await setKeys(changes, pendingCalls(), runAll);
      return { outcomes, pending: readPending(pending, ours()) };
    },
    discardPending: async () => {
      const answer = await runOne(command.discardPending());
      assertAnswered(answer);
      if (answer.exit !== 0) {
        throw callFailed(answer);
      }
    },
    applyPending: (onProgress) => runJob({ kind: "apply", call: command.applyPending(options.requestTimeoutSeconds) }, jobs(onProgress)),
    restart: (onProgress) => runJob({ kind: "restart", call: command.restart(options.requestTimeoutSeconds) }, jobs(onProgress)),
    joinRunningJobs: async (onProgress) => {
      await joinRunningJobs(jobs(onProgress));
    },
  };
}

function validate(options: TsmOptions): void {
  if (options.password !== undefined && options.username === undefined) {
    throw new TableauError("argument-invalid", {
      message: "`tsm.password` is given without `tsm.username`.",
      next: "Give both, or neither and a login user who is in the group `tsmadmin`.",
    });
  }
  if (options.password !== undefined && /[\r\n\0]/.test(options.password.reveal())) {
    throw new TableauError("argument-invalid", {
      message: "`tsm.password` has a line end or a NUL character in it, which tsm cannot read.",
      next: "Give the password without a line end, for instance trimmed.",
    });
  }
}
