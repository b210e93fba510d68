import { setTimeout as sleep } from "node:timers/promises";
import type { ActiveFaults } from "../active-faults";
import { needsRestart } from "./keys";
import type { Job } from "./jobs";
import type { ServerRecord } from "./server-record";
import { deploymentSteps, progressLine, quietDeploymentSteps } from "./texts";

/** The processes of all nodes. */
export interface Machinery {
  startAll(): Promise<void>;
  stopAll(): Promise<void>;
  /** What the started processes load, by the applied keys. */
  load(applied: Readonly<Record<string, string>>): Promise<Pick<ServerRecord, "loaded" | "rejected">>;
  /** Ends one process of the last node, and tells which. */
  breakOne(): Promise<{ node: string; process: string }>;
}

export interface ServerOptions {
  readonly record: ServerRecord;
  readonly save: () => void;
  readonly machinery: Machinery;
  readonly faults: ActiveFaults;
  /** How long a job takes, in milliseconds. */
  readonly jobMilliseconds: number;
  /** Aborted when the cluster stops: jobs that run then fail. */
  readonly signal: AbortSignal;
}

/** The server that the controller manages: its status, and what jobs do to it. */
export class Server {
  readonly #options: ServerOptions;

  constructor(options: ServerOptions) {
    this.#options = options;
  }

  get record(): ServerRecord {
    return this.#options.record;
  }

  save(): void {
    this.#options.save();
  }

  /** Starts the processes as they should be, without a job: when the cluster itself is started. */
  async boot(): Promise<void> {
    await this.#up();
  }

  async start(job: Job): Promise<void> {
    job.progress(progressLine(["Enabling all services.", "Waiting for the services to start."], 0));
    this.record.starts++;
    await this.#pause(1);
    await this.#up();
  }

  async stop(): Promise<void> {
    this.record.stops++;
    await this.#down();
    await this.#pause(1);
  }

  async restart(job: Job): Promise<void> {
    const steps = [
      "Disabling all services.",
      "Waiting for the services to stop.",
      "Enabling all services.",
      "Waiting for the services to start.",
    ];
    this.record.restarts++;
    job.progress(progressLine(steps, 0));
    await this.#down();
    job.progress(progressLine(steps, 1));
    await this.#pause(1);
    if (this.#options.faults.strikes("restart-fails")) this.#fail("The services did not start.");
    for (const index of [2, 3]) job.progress(progressLine(steps, index));
    await this.#up();
  }

  /** Deploys what is pending when the job begins. A stopped server is not started. */
  async deploy(job: Job): Promise<void> {
    const { record } = this;
    const keys = { ...record.pending };
    const topology = [...record.pendingTopology];
    const restarts = record.status !== "STOPPED" && (topology.length > 0 || Object.keys(keys).some(needsRestart));
    const steps = restarts ? deploymentSteps : quietDeploymentSteps;
    record.applies++;
    await this.#steps(job, steps, 0, 3);
    if (this.#options.faults.strikes("apply-fails-before")) throw new Error("The new topology is not valid.");
    if (restarts) {
      record.restarts++;
      await this.#down();
    }
    this.#take(keys, topology.length);
    await this.#steps(job, steps, 3, steps.length - 1);
    if (restarts && (this.#options.faults.strikes("apply-fails-after") || this.#options.faults.strikes("restart-fails"))) {
      this.#fail("The services did not start.");
    }
    if (restarts) await this.#up();
    await this.#steps(job, steps, steps.length - 1, steps.length);
  }

  /** Stops the processes, lets `change` put another release in the place of theirs, and starts them again where they ran. */
  async changeRelease(change: () => Promise<void>): Promise<void> {
    const before = this.record.status;
    if (before !== "STOPPED") await this.#down();
    await change();
    if (before !== "STOPPED") await this.#up();
  }

  #take(keys: Readonly<Record<string, string | null>>, topologyChanges: number): void {
    const { record } = this;
    for (const [key, value] of Object.entries(keys)) {
      if (value === null) delete record.applied[key];
      else record.applied[key] = value;
      if (record.pending[key] === value) delete record.pending[key];
    }
    record.pendingTopology.splice(0, topologyChanges);
    this.save();
  }

  #fail(reason: string): never {
    this.record.status = "ERROR";
    this.save();
    throw new Error(reason);
  }

  async #down(): Promise<void> {
    await this.#options.machinery.stopAll();
    this.record.status = "STOPPED";
    this.record.broken = undefined;
    this.save();
  }

  async #up(): Promise<void> {
    const { machinery, faults } = this.#options;
    const [state, milliseconds] = (faults.get("start-state") ?? "RUNNING").split(":");
    this.record.status = "RUNNING";
    this.record.broken = undefined;
    if (state === "STOPPED") await this.#down();
    else {
      await machinery.startAll();
      Object.assign(this.record, await machinery.load(this.record.applied));
    }
    if (state === "ERROR") this.record.status = "ERROR";
    if (state === "DEGRADED" || state === "recovers") {
      this.record.broken = await machinery.breakOne();
      this.record.status = "DEGRADED";
    }
    if (state === "recovers") void this.#recover(Number(milliseconds ?? 200)).catch(() => undefined);
    this.save();
  }

  async #recover(milliseconds: number): Promise<void> {
    await sleep(milliseconds, undefined, { signal: this.#options.signal });
    if (this.record.status !== "DEGRADED") return;
    this.record.status = "RUNNING";
    this.record.broken = undefined;
    this.save();
    await this.#options.machinery.startAll();
  }

  async #steps(job: Job, steps: readonly string[], from: number, to: number): Promise<void> {
    for (let index = from; index < to; index++) job.progress(progressLine(steps, index));
    await this.#pause((to - from) / steps.length);
  }

  // A part of the time that a job takes.
  async #pause(part: number): Promise<void> {
    const outliving = this.#options.faults.get("job-outlives-timeout");
    const whole = outliving === undefined ? this.#options.jobMilliseconds : Number(outliving === "" ? 1000 : outliving);
    await sleep(whole * part, undefined, { signal: this.#options.signal });
  }
}
