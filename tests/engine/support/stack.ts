import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { findEngine } from "./engine";
import type { Performance } from "./operator";
import type { ConfigMap, OperationName, OperationOptions, OperationRequest, Through } from "./protocol";
import { type OperationResult, type ResourceState, toResult } from "./result";
import type { Project } from "./project";
import { isThere, readOutputs, readResources } from "./state";

export interface StackOptions {
  /** The stack's config, with the project's name before the colon or without it. */
  readonly config?: ConfigMap;
  /** Default `"inline"`. */
  readonly through?: Through;
  /** Environment variables on top of the backend's. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Folders that go in front of PATH. */
  readonly path?: readonly string[];
}

export interface RunOptions extends OperationOptions {
  /** The exit code that this operation must end with, else it throws with the engine's output. Default 0. */
  readonly exitCode?: number;
  /** Gets the engine's output while it runs. */
  readonly onOutput?: (text: string) => void;
}

/** An operation that runs. */
export interface RunningOperation extends Omit<Performance, "end"> {
  readonly result: Promise<OperationResult>;
}

let operations = 0;

/** One stack of a project. Several operations can run at the same time. */
export class Stack {
  /** Config of the operations to come. */
  config: ConfigMap;
  readonly #through: Through;
  readonly #environment: NodeJS.ProcessEnv;
  /** The config that the last operation set. */
  #configured: string | undefined;

  constructor(
    readonly project: Project,
    readonly name: string,
    options: StackOptions,
  ) {
    this.config = options.config ?? {};
    this.#through = options.through ?? "inline";
    const environment = project.backend.environment(options.environment);
    this.#environment = { ...environment, PATH: [...(options.path ?? []), environment["PATH"]].join(":") };
  }

  up(options: RunOptions = {}): Promise<OperationResult> {
    return this.start("up", options).result;
  }

  preview(options: RunOptions = {}): Promise<OperationResult> {
    return this.start("preview", options).result;
  }

  refresh(options: RunOptions = {}): Promise<OperationResult> {
    return this.start("refresh", options).result;
  }

  destroy(options: RunOptions = {}): Promise<OperationResult> {
    return this.start("destroy", options).result;
  }

  start(operation: OperationName, { exitCode = 0, onOutput, ...options }: RunOptions = {}): RunningOperation {
    operations += 1;
    const outcomeFile = join(this.project.backend.directory, `outcome-${String(process.pid)}-${String(operations)}.json`);
    const { config, name } = this;
    const configured = JSON.stringify(config);
    const request: OperationRequest = {
      operation,
      directory: this.project.directory,
      stack: name,
      stackIs: this.#configured !== undefined ? "used" : isThere(this.project, name) ? "there" : "missing",
      project: this.project.name,
      ...(configured === (this.#configured ?? "{}") ? {} : { config }),
      through: this.#through,
      options,
      outcomeFile,
    };
    this.#configured = configured;
    const { end, ...running } = this.project.backend.operators.perform(request, this.#environment, onOutput);
    const result = end.then(({ text, outcome }) => {
      const read = toResult(text, outcome);
      if (read.exitCode === exitCode) return read;
      throw new Error(`${operation} ended with exit code ${String(read.exitCode)} instead of ${String(exitCode)}:\n${read.output}`);
    });
    return { result, ...running };
  }

  /** Any other command of the engine, for this stack: `command("state", "delete", urn)` gives its standard output. */
  command(...args: readonly string[]): string {
    return this.engine(...args, "--stack", this.name);
  }

  /** A command of the engine that names its stacks by itself, as `state move` does. */
  engine(...args: readonly string[]): string {
    const { status, stdout, stderr } = spawnSync(findEngine().pulumi, [...args, "--non-interactive"], {
      cwd: this.project.directory,
      env: this.#environment,
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
    });
    if (status !== 0) throw new Error(`pulumi ${args.join(" ")} ended with exit code ${String(status)}: ${stderr}${stdout}`);
    return stdout;
  }

  /** The stack's outputs, secrets in the clear. */
  outputs(): Readonly<Record<string, unknown>> {
    return (
      readOutputs(this.project, this.name) ??
      (JSON.parse(this.command("stack", "output", "--json", "--show-secrets")) as Record<string, unknown>)
    );
  }

  /** The resources in the stack's state. Secrets are in the clear only with `"show"`. */
  resources(secrets: "show" | "hide" = "hide"): ResourceState[] {
    if (secrets === "hide") return readResources(this.project, this.name);
    const { deployment } = JSON.parse(this.command("stack", "export", "--show-secrets")) as { deployment: { resources?: ResourceState[] } };
    return deployment.resources ?? [];
  }
}
