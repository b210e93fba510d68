/**
 * One operation of the engine, as a process of its own: it starts in the program's folder, uses the SDK that the folder resolves, runs the
 * program there as an inline program, and ends. Standard output and error are the engine's own. The request comes on standard input, since
 * it may hold secrets; the outcome goes to the file that the request names.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type * as automation from "@pulumi/pulumi/automation";
import type { EngineEvent, OperationOutcome, OperationRequest } from "./protocol";

const request = JSON.parse(readFileSync(0, "utf8")) as OperationRequest;
const load = createRequire(join(process.cwd(), "_.js"));
const { LocalWorkspace } = load("@pulumi/pulumi/automation") as typeof automation;

void main();

async function main(): Promise<void> {
  const events: EngineEvent[] = [];
  const outcome = await perform(events).catch((error: unknown) => failure(error));
  const complete: OperationOutcome = { ...outcome, events };
  writeFileSync(request.outcomeFile, JSON.stringify(complete));
}

type Outcome = Omit<OperationOutcome, "events">;

async function perform(events: EngineEvent[]): Promise<Outcome> {
  // Each is a process of the engine's own that nobody asks anything of: a third of the time of an operation.
  if (request.stackIs === "used") Object.assign(LocalWorkspace.prototype, { selectStack: () => Promise.resolve() });
  const stack = await select();
  Object.assign(stack, { outputs: () => Promise.resolve({}), info: () => Promise.resolve(undefined) });
  if (request.config !== undefined) await stack.setAllConfig(request.config);
  const interrupted = new AbortController();
  process.on("SIGINT", () => {
    interrupted.abort();
  });
  const { previewOnly: _ours, ...options } = request.options;
  const common = {
    color: "never" as const,
    ...options,
    signal: interrupted.signal,
    onEvent: (event: EngineEvent): void => void events.push(event),
    onOutput: (text: string): void => void process.stdout.write(text),
    onError: (text: string): void => void process.stderr.write(text),
  };
  await run(stack, common);
  return { exitCode: 0 };
}

/** Without a program here the engine starts the program itself, through its language host. */
async function select(): Promise<automation.Stack> {
  const workDir = process.cwd();
  if (request.through === "language-host") return LocalWorkspace.createOrSelectStack({ stackName: request.stack, workDir });
  // As the language host does: a program may export a function that gives the outputs.
  const program = async (): Promise<Record<string, unknown>> => {
    const exported = load("./index.ts") as Record<string, unknown> | (() => Promise<Record<string, unknown>>);
    return typeof exported === "function" ? exported() : exported;
  };
  return LocalWorkspace.createOrSelectStack({ stackName: request.stack, projectName: request.project, program }, { workDir });
}

type Options = automation.UpOptions & automation.PreviewOptions;

async function run(stack: automation.Stack, options: Options): Promise<void> {
  const { previewOnly } = request.options;
  switch (request.operation) {
    case "up":
      await stack.up(options);
      return;
    case "preview":
      await stack.preview(options);
      return;
    case "refresh":
      await (previewOnly === true ? stack.previewRefresh(options) : stack.refresh(options));
      return;
    case "destroy":
      await (previewOnly === true ? stack.previewDestroy(options) : stack.destroy(options));
      return;
  }
}

/** The Automation API keeps the engine's exit code only in the error of the process library below it. */
function failure(error: unknown): Outcome {
  const exitCode = (error as { commandResult?: { err?: { exitCode?: number } } }).commandResult?.err?.exitCode;
  if (exitCode === undefined) process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return { exitCode: exitCode ?? 255 };
}
