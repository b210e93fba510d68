import type { Command, Context } from "./context";
import type { Job } from "./jobs";
import { listing } from "./layouts";
import { followJob } from "./run-job";

const id = { long: "id", short: "i", argument: "value" } as const;
const cancellable = ["CleanupJob", "GenerateBackupJob", "RestartServerJob", "StartServerJob"];

const list: Command = {
  words: ["jobs", "list"],
  options: [{ long: "status", short: "t", argument: "value" }],
  run({ console, jobs, options, switches }) {
    const wanted = options.get("status")?.toLowerCase();
    const shown = jobs.jobs.filter((job) => wanted === undefined || job.status.toLowerCase() === wanted);
    if (shown.length === 0) console.line("There are no jobs.");
    else console.line(...listing(shown.map(fieldsOf), switches.jobsLayout, switches.seed));
    return 0;
  },
};

function fieldsOf(job: Job): [string, string][] {
  return [
    ["Id", String(job.id)],
    ["Type", job.type],
    ["Status", job.status],
  ];
}

const reconnect: Command = {
  words: ["jobs", "reconnect"],
  options: [id],
  async run(context) {
    const job = find(context);
    if (job === undefined) return 1;
    const status = await followJob(context, job, "shown", Number(context.options.get("request-timeout") ?? 1800));
    if (status === 0) context.console.line(`Job id '${job.id}' has ended: ${job.status}.`);
    return status;
  },
};

const cancel: Command = {
  words: ["jobs", "cancel"],
  options: [id],
  required: ["id"],
  run(context) {
    const job = find(context);
    if (job === undefined) return 1;
    if (job.ended || (job.status === "Running" && !cancellable.includes(job.type))) {
      context.console.error(`Job id '${job.id}' (${job.type}, ${job.status}) cannot be cancelled.`);
      return 1;
    }
    job.cancelled = "asked";
    return 0;
  },
};

function find({ console, jobs, options }: Context): Job | undefined {
  const wanted = options.get("id");
  const job = wanted === undefined ? jobs.jobs.at(-1) : jobs.jobs.find((one) => String(one.id) === wanted);
  if (job === undefined) console.error(wanted === undefined ? "There are no jobs." : `There is no job with id '${wanted}'.`);
  return job;
}

export const jobCommands: readonly Command[] = [list, reconnect, cancel];
