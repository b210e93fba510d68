import { TableauError } from "../error";
import { assertAnswered } from "./failure-error";
import { listedJobs, reconnect, type JobContext } from "./job-context";
import type { Jobs } from "./parse-jobs";
import { toRunningJobs } from "./running-jobs";

/**
 * Waits until no job is running, no longer than one request timeout, and returns the last list.
 *
 * A list that cannot be read counts as "none is running": the controller queues or refuses by itself what comes too early, so
 * nothing is started twice; to wait for a job that nobody can see would stop every deployment for ever.
 *
 * @throws TableauError (tsm-job-timeout) if one runs on; (tsm-unreachable, tsm-login-refused, host-*)
 */
export async function joinRunningJobs(context: JobContext): Promise<Jobs> {
  const { clock, options, runner } = context;
  const deadline = clock.now() + options.requestTimeoutSeconds;
  for (let pause = 1; ; pause = Math.min(pause * 2, 30)) {
    const { jobs, answer } = await listedJobs(context);
    if (answer !== undefined) {
      assertAnswered(answer);
    }
    const [first] = toRunningJobs(jobs.jobs);
    if (first === undefined) {
      return jobs;
    }
    const remaining = deadline - clock.now();
    if (remaining <= 0) {
      throw jobTimeout(runner.node, first.description, options.requestTimeoutSeconds);
    }
    await reconnect(context, first.id, remaining).catch(toleratePolling);
    await clock.sleep(Math.min(pause, Math.max(0, deadline - clock.now())));
  }
}

/** Where reconnecting fails, the list is asked again: the job itself runs on the controller, whatever becomes of its viewers. */
export function toleratePolling(error: unknown): undefined {
  if (
    error instanceof TableauError &&
    (error.code === "host-timeout" || error.code === "host-connection-lost" || error.code === "host-unreachable")
  ) {
    return undefined;
  }
  throw error;
}

export function jobTimeout(node: string, description: string, seconds: number): TableauError {
  return new TableauError("tsm-job-timeout", {
    node,
    message: `A job of Tableau Server (${description}) was still running after ${String(seconds)} seconds.`,
    next: "Follow it with `tsm jobs reconnect` on the initial node, and run `pulumi up` again when it has ended; no second job was started.",
  });
}
