import { TableauError } from "../vocabulary/error";
import type { CallAnswer } from "./call";
import { assertAnswered } from "./failure-error";
import { ignoreTransientPollError, listedJobs, reconnect, type JobContext } from "./job-context";
import { parseJobs, type Jobs } from "./parse-jobs";
import { toRunningJobs } from "./running-jobs";

/**
 * Waits until no job is running, no longer than one request timeout, and returns the last list.
 *
 * A list that cannot be read counts as "none is running": the controller queues or refuses by itself what comes too early, so
 * nothing is started twice; to wait for a job that nobody can see would stop every deployment for ever.
 *
 * @param first the list, where it was asked for a moment ago.
 * @throws TableauError (tsm-job-timeout) if one runs on; (tsm-unreachable, tsm-login-refused, host-*) if the first list fails.
 */
export async function joinRunningJobs(context: JobContext, first?: CallAnswer): Promise<Jobs> {
  const { clock, options, runner } = context;
  const deadline = clock.now() + options.requestTimeoutSeconds;
  let jobs = first === undefined ? await readJobs(context) : jobsOf(first);
  for (let pause = 1; ; pause = Math.min(pause * 2, 30)) {
    const [running] = toRunningJobs(jobs.jobs);
    if (running === undefined) {
      return jobs;
    }
    const remaining = deadline - clock.now();
    if (remaining <= 0) {
      throw jobTimeout(runner.node, running.description, options.requestTimeoutSeconds);
    }
    await reconnect(context, running.id, remaining).catch(ignoreTransientPollError);
    await clock.sleep(Math.min(pause, Math.max(0, deadline - clock.now())));
    // What was running counts as running until a list says otherwise.
    jobs = (await readJobs(context).catch(ignoreTransientPollError)) ?? jobs;
  }
}

async function readJobs(context: JobContext): Promise<Jobs> {
  const { jobs, answer } = await listedJobs(context);
  return answer === undefined ? jobs : jobsOf(answer);
}

function jobsOf(answer: CallAnswer): Jobs {
  assertAnswered(answer);
  return parseJobs(answer);
}

export function jobTimeout(node: string, description: string, seconds: number): TableauError {
  return new TableauError("tsm-job-timeout", {
    node,
    message: `A job of Tableau Server (${description}) was still running after ${String(seconds)} seconds.`,
    next: "Follow it with `tsm jobs reconnect` on the initial node, and run `pulumi up` again when it has ended; no second job was started.",
  });
}
