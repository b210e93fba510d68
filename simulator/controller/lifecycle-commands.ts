import type { Command, Context } from "./context";
import type { Job, JobType } from "./jobs";
import { runJob } from "./run-job";

interface Lifecycle {
  readonly word: string;
  readonly type: JobType;
  readonly doing: readonly string[];
  readonly done: string;
  readonly work: (context: Context, job: Job) => Promise<void>;
}

const lifecycles: readonly Lifecycle[] = [
  {
    word: "restart",
    type: "RestartServerJob",
    doing: ["Stopping service...", "Starting service..."],
    done: "Service was restarted successfully.",
    work: ({ server }, job) => server.restart(job),
  },
  {
    word: "start",
    type: "StartServerJob",
    doing: ["Starting service..."],
    done: "Service was started successfully.",
    work: ({ server }, job) => (server.record.status === "RUNNING" ? Promise.resolve() : server.start(job)),
  },
  {
    word: "stop",
    type: "StopServerJob",
    doing: ["Stopping service..."],
    done: "Service was stopped successfully.",
    work: ({ server }) => (server.record.status === "STOPPED" ? Promise.resolve() : server.stop()),
  },
];

export const lifecycleCommands: readonly Command[] = lifecycles.map((lifecycle) => ({
  words: [lifecycle.word],
  options: [],
  run: (context) => {
    const output = context.switches.lifecycleOutput;
    const numbered = (job: Job, minutes: string): string[] => [
      `Starting ${lifecycle.word} asynchronous job.`,
      `Job id is '${job.id}', timeout is ${minutes} minutes.`,
    ];
    return runJob(context, {
      type: lifecycle.type,
      opening: (job, minutes) => ({ recalled: lifecycle.doing, progress: numbered(job, minutes), silent: [] })[output],
      progress: output === "progress" ? "shown" : "hidden",
      closing: output === "silent" ? [] : [lifecycle.done],
      work: (job) => lifecycle.work(context, job),
    });
  },
}));
