import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repository, findEngine } from "./engine";
import type { ConfigMap, OperationName, OperationOptions, OperationRequest, Through } from "./protocol";
import { type OperationResult, readResult, type ResourceState } from "./result";
import type { Project } from "./project";

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
export interface RunningOperation {
  readonly result: Promise<OperationResult>;
  /** What the first Ctrl-C does. */
  interrupt(): void;
  /** Ends the engine as the kernel does when memory is short; its provider goes on for as long as it can. */
  killEngine(): void;
}

const command = ["--require", join(repository, "scripts/typescript-hook.cjs"), join(__dirname, "operation.ts")];
let operations = 0;

/** One stack of a project. Each operation is a process of its own, so several run at the same time. */
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
      stack: name,
      stackIs: this.#configured === undefined ? "new" : "used",
      project: this.project.name,
      ...(configured === this.#configured ? {} : { config }),
      through: this.#through,
      options,
      outcomeFile,
    };
    this.#configured = configured;
    const child = spawn(process.execPath, command, { cwd: this.project.directory, env: this.#environment });
    child.stdin.end(JSON.stringify(request));
    const result = readResult(child, outcomeFile, onOutput).then((read) => {
      if (read.exitCode === exitCode) return read;
      throw new Error(`${operation} ended with exit code ${String(read.exitCode)} instead of ${String(exitCode)}:\n${read.output}`);
    });
    return { result, interrupt: () => child.kill("SIGINT"), killEngine: () => killEngineOf(child.pid ?? 0) };
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
  outputs(): Record<string, unknown> {
    return JSON.parse(this.command("stack", "output", "--json", "--show-secrets")) as Record<string, unknown>;
  }

  /** The resources in the stack's state. Secrets are in the clear only with `"show"`. */
  resources(secrets: "show" | "hide" = "hide"): ResourceState[] {
    const text = this.command("stack", "export", ...(secrets === "show" ? ["--show-secrets"] : []));
    const { deployment } = JSON.parse(text) as { deployment: { resources?: ResourceState[] } };
    return deployment.resources ?? [];
  }
}

function killEngineOf(pid: number): void {
  const children = readFileSync(`/proc/${String(pid)}/task/${String(pid)}/children`, "utf8")
    .trim()
    .split(" ")
    .map(Number);
  const engines = children.filter((child) => readFileSync(`/proc/${String(child)}/comm`, "utf8").startsWith("pulumi"));
  if (engines.length === 0) throw new Error(`Process ${String(pid)} has no engine below it.`);
  for (const engine of engines) process.kill(engine, "SIGKILL");
}
