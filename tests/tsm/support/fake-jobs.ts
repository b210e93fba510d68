import { TableauError, type ErrorCode } from "../../../provider/vocabulary/error";
import { FakeClock } from "./fake-clock";
import { server } from "./fake-server";
import { FakeHost, HostFails, type FakeCall, type FakeOutput } from "./fake-host";

export interface FakeJob {
  readonly id: number;
  readonly type: string;
  status: "Created" | "Queued" | "Running" | "Succeeded" | "Failed" | "Cancelled";
  /** When it ends, and how. */
  readonly endsAt: number;
  readonly end: FakeJob["status"];
}

export interface FakeJobsOptions {
  /** How long an apply or a restart takes, in seconds. */
  readonly takes?: number;
  readonly end?: "Succeeded" | "Failed";
  /** What becomes of the program that starts the job. */
  readonly client?: "stays" | "times-out" | "gives-up-silently" | "connection-lost" | "lost-before-a-line" | "expires" | "never-starts";
  readonly list?: "rows" | "only-active" | "blocks" | "unreadable" | "fails";
  /** What a restart prints: the job's number as an apply does, or words without it, or nothing. */
  readonly restartPrints?: "number" | "words" | "nothing";
  /** A job of another that begins after the first list, and what tsm says then. */
  readonly other?: "queue" | "refuse" | "refuse-exit-0";
  readonly reconnect?: "works" | "fails" | "connection-lost";
}

const quiet = server();
const sentence = "Successfully deployed nodes with updated configuration and topology version.";

/** A controller with a queue of jobs, on a clock of its own: enough of it to lose sight of a job and find it again. */
export class FakeJobs {
  readonly clock = new FakeClock();
  readonly host = new FakeHost((call) => this.#answer(call));
  readonly jobs: FakeJob[] = [];
  /** How many jobs tsm started. */
  launched = 0;
  #otherJobs = 0;

  constructor(readonly options: FakeJobsOptions = {}) {}

  add(type: string, seconds: number, end: FakeJob["status"] = "Succeeded"): FakeJob {
    const job: FakeJob = { id: this.jobs.length + 1, type, status: "Running", endsAt: this.clock.now() + seconds, end };
    this.jobs.push(job);
    return job;
  }

  #answer(call: FakeCall): FakeOutput {
    this.clock.seconds += 1;
    this.#settle();
    switch (call.args[0]) {
      case "jobs":
        return call.args[1] === "list" ? this.#list() : this.#reconnect(call);
      case "restart":
        return this.#start("RestartServerJob", call);
      case "pending-changes":
        return call.args[1] === "apply" ? this.#start("DeploymentsJob", call) : quiet(call);
      default:
        return quiet(call);
    }
  }

  #start(type: string, call: FakeCall): FakeOutput {
    const { client = "stays", takes = 100, end = "Succeeded" } = this.options;
    if (client === "never-starts") {
      throw lost("host-connection-lost");
    }
    if (this.options.other !== undefined && this.#otherJobs === 0) {
      this.#otherJobs += 1;
      const other = this.add("GenerateBackupJob", 700);
      if (this.options.other !== "queue") {
        const exit = this.options.other === "refuse" ? 1 : 0;
        return { stdout: `The operation cannot be started: job id '${String(other.id)}' (${other.type}) is running.\n`, exit };
      }
    }
    this.launched += 1;
    const job = this.add(type, takes, end);
    const begin = this.#opening(job);
    switch (client) {
      case "lost-before-a-line":
        throw lost("host-connection-lost");
      case "connection-lost":
        throw lost("host-connection-lost", begin);
      case "times-out":
        this.clock.seconds += requestTimeoutOf(call);
        this.#settle();
        return { stdout: [...begin, "Timed out waiting for the job."].join("\n"), exit: 1 };
      case "gives-up-silently":
        return { stdout: begin.join("\n"), exit: 1 };
      case "expires":
        return { stdout: [...begin, "Your session has expired."].join("\n"), exit: 1 };
      default:
        return this.#watch(job, begin, call);
    }
  }

  #opening(job: FakeJob): readonly string[] {
    const { restartPrints = "number" } = this.options;
    if (job.type === "DeploymentsJob" || restartPrints === "number") {
      return [
        "Starting deployments asynchronous job.",
        `Job id is '${String(job.id)}', timeout is 30 minutes.`,
        "6% - Retrieving the topology to deploy.",
      ];
    }
    return restartPrints === "words" ? ["Stopping service..."] : [];
  }

  #watch(job: FakeJob, begin: readonly string[], call: FakeCall): FakeOutput {
    const seconds = requestTimeoutOf(call);
    this.clock.seconds = Math.min(this.clock.seconds + seconds, Math.max(job.endsAt, this.clock.seconds));
    this.#settle();
    if (job.status === "Succeeded") {
      return {
        stdout: [...begin, "100% - Waiting for the services to start.", job.type === "DeploymentsJob" ? sentence : "Done."].join("\n"),
      };
    }
    return { stdout: [...begin, job.status === "Running" ? "Timed out." : "The job failed."].join("\n"), exit: 1 };
  }

  #reconnect(call: FakeCall): FakeOutput {
    const { reconnect = "works" } = this.options;
    if (reconnect === "connection-lost") {
      throw lost("host-connection-lost");
    }
    const id = call.args[call.args.indexOf("--id") + 1];
    const job = call.args.includes("--id") ? this.jobs.find((other) => String(other.id) === id) : this.jobs.at(-1);
    return reconnect === "fails" || job === undefined ? { stderr: "No such job.\n", exit: 1 } : this.#watch(job, [], call);
  }

  #list(): FakeOutput {
    const { list = "rows" } = this.options;
    if (list === "fails") {
      return { stderr: "boom\n", exit: 1 };
    }
    if (list === "unreadable") {
      return { stdout: "1 läuft\n" };
    }
    const shown = this.jobs.filter((job) => list !== "only-active" || job.status === "Running");
    const text = shown.map(({ id, type, status }) =>
      list !== "blocks"
        ? `${String(id)}  ${type}  ${status}`
        : `Id: ${String(id)}\nType: ${type}\nStatus: ${status}\nCreated: 2026-11-24\n`,
    );
    return { stdout: text.length === 0 ? "There are no jobs.\n" : text.join("\n") };
  }

  #settle(): void {
    for (const job of this.jobs) {
      job.status = job.endsAt <= this.clock.now() && job.status === "Running" ? job.end : job.status;
    }
  }
}

function lost(code: ErrorCode, printed: readonly string[] = []): HostFails {
  return new HostFails(new TableauError(code, { node: "node1", message: "Lost.", next: "Try again." }), printed);
}

function requestTimeoutOf(call: FakeCall): number {
  return Number(call.args[call.args.indexOf("--request-timeout") + 1]);
}
