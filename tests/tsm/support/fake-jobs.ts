import { TableauError, type ErrorCode } from "../../../provider/error";
import { FakeClock } from "./fake-clock";
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
  readonly client?: "stays" | "times-out" | "connection-lost" | "lost-before-a-line" | "expires" | "never-starts";
  readonly list?: "rows" | "blocks" | "unreadable" | "fails";
  readonly reconnect?: "works" | "fails" | "connection-lost";
}

const sentence = "Successfully deployed nodes with updated configuration and topology version.";

/** A controller with a queue of jobs, on a clock of its own: enough of it to lose sight of a job and find it again. */
export class FakeJobs {
  readonly clock = new FakeClock();
  readonly host = new FakeHost((call) => this.#answer(call));
  readonly jobs: FakeJob[] = [];

  constructor(readonly options: FakeJobsOptions = {}) {}

  /** How many jobs were started through tsm. */
  get started(): number {
    return this.host.commands.filter((command) => /^(?:restart|pending-changes apply)/.test(command)).length;
  }

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
      default:
        return this.#start("DeploymentsJob", call);
    }
  }

  #start(type: string, call: FakeCall): FakeOutput {
    const { client = "stays", takes = 100, end = "Succeeded" } = this.options;
    if (client === "never-starts") {
      throw lost("host-connection-lost");
    }
    const job = this.add(type, takes, end);
    const begin = [
      "Starting deployments asynchronous job.",
      `Job id is '${String(job.id)}', timeout is 30 minutes.`,
      "6% - Retrieving the topology to deploy.",
    ];
    switch (client) {
      case "lost-before-a-line":
        throw lost("host-connection-lost");
      case "connection-lost":
        throw lost("host-connection-lost", begin);
      case "times-out":
        this.clock.seconds += requestTimeoutOf(call);
        this.#settle();
        return { stdout: [...begin, "Timed out waiting for the job."].join("\n"), exit: 1 };
      case "expires":
        return { stdout: [...begin, "Your session has expired."].join("\n"), exit: 1 };
      default:
        return this.#watch(job, begin, call);
    }
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
    const text = this.jobs.map(({ id, type, status }) =>
      list === "rows" ? `${String(id)}  ${type}  ${status}` : `Id: ${String(id)}\nType: ${type}\nStatus: ${status}\nCreated: 2026-11-24\n`,
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
