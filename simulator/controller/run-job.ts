import type { Context } from "./context";
import type { Job, JobType } from "./jobs";
import { failureLines, timeoutLines } from "./texts";

export interface JobRequest {
  readonly type: JobType;
  /** What is printed once the job has its number. */
  readonly opening: (job: Job, minutes: string) => readonly string[];
  /** Whether the job's progress is printed as it comes. */
  readonly progress: "shown" | "hidden";
  readonly closing: readonly string[];
  readonly work: (job: Job) => Promise<void>;
}

/** Runs a job for a client: waits or refuses while another runs, and gives up after the request timeout; the job goes on. */
export async function runJob(context: Context, request: JobRequest): Promise<number> {
  const { console, jobs, switches } = context;
  const busy = jobs.unfinished[0];
  if (busy !== undefined && switches.busyJob !== "queue") {
    console.error(`The operation cannot be started: job id '${busy.id}' (${busy.type}) is running.`);
    return switches.busyJob === "refuse" ? 1 : 0;
  }
  const seconds = Number(context.options.get("request-timeout") ?? 1800);
  const job = jobs.submit(request.type, request.work);
  console.line(...request.opening(job, minutesOf(seconds)));
  const end = await followJob(context, job, request.progress, seconds);
  if (end === 0) console.line(...request.closing);
  return end;
}

/** Prints a job's progress until it ends or the time is over, and tells the exit status. */
export async function followJob(context: Context, job: Job, progress: "shown" | "hidden", seconds: number): Promise<number> {
  const { console, switches, faults } = context;
  const print = (line: string): void => console.line(line);
  if (progress === "shown") {
    console.line(...job.lines);
    job.on("line", print);
  }
  const limit = faults.get("job-outlives-timeout") === undefined ? seconds * 1000 : 50;
  const outcome = await Promise.race([job.wait(), timeout(limit)]);
  job.off("line", print);
  if (outcome === "timeout" && !job.ended) {
    console.error(...timeoutLines(switches.timeoutText, job.id));
    return 1;
  }
  if (job.status === "Succeeded") return 0;
  console.error(...failureLines(switches.failureText, job.id, job.failure ?? "The job was cancelled."));
  return 1;
}

// As tsm prints it: 2000 s are "33.33 minutes".
function minutesOf(seconds: number): string {
  return String(Math.round((seconds / 60) * 100) / 100);
}

function timeout(milliseconds: number): Promise<"timeout"> {
  return new Promise((resolve) => setTimeout(() => resolve("timeout"), Math.min(milliseconds, 2 ** 31 - 1)).unref());
}
