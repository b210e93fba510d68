/**
 * An operator: a process that performs one operation of the engine after the other, as each is asked for on standard input, which may hold
 * secrets. It uses the SDK that the program's folder resolves, and runs the program there as an inline program, loaded anew each time.
 * Standard output and error are the engine's own; the outcome goes to the file that the request names. It ends with its standard input,
 * and after an operation that failed, was interrupted or lost its engine: what such a program leaves in the SDK, as a log entry that waits for
 * a resource for ever, nobody meets who starts the next operation by hand.
 */
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type * as automation from "@pulumi/pulumi/automation";
import { freshStart } from "./fresh-start";
import { type EngineEvent, type OperationOutcome, type OperationRequest, readyMark } from "./protocol";

const load = createRequire(join(process.cwd(), "_.js"));
const { LocalWorkspace, PulumiCommand } = load("@pulumi/pulumi/automation") as typeof automation;
const selectStack: unknown = Reflect.get(LocalWorkspace.prototype, "selectStack");
let command: Promise<automation.PulumiCommand> | undefined;
let interrupted = new AbortController();
process.on("SIGINT", () => {
  interrupted.abort();
});
const startAfresh = freshStart(load.cache);

void main();

async function main(): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    const request = JSON.parse(line) as OperationRequest;
    startAfresh();
    process.chdir(request.directory);
    interrupted = new AbortController();
    const events: EngineEvent[] = [];
    const outcome = await perform(request, events).catch((error: unknown) => failure(error));
    const complete: OperationOutcome = { ...outcome, events };
    writeFileSync(request.outcomeFile, JSON.stringify(complete));
    if (interrupted.signal.aborted || ![0, 7].includes(outcome.exitCode)) break;
    for (const stream of [process.stdout, process.stderr]) stream.write(readyMark);
  }
  // Left open it would keep the process.
  process.stdin.destroy();
}

type Outcome = Omit<OperationOutcome, "events">;

async function perform(request: OperationRequest, events: EngineEvent[]): Promise<Outcome> {
  // Each is a process of the engine's own that nobody asks anything of: a third of the time of an operation.
  Object.assign(LocalWorkspace.prototype, { selectStack: request.stackIs === "used" ? () => Promise.resolve() : selectStack });
  const stack = await select(request);
  Object.assign(stack, { outputs: () => Promise.resolve({}), info: () => Promise.resolve(undefined) });
  if (request.config !== undefined) await stack.setAllConfig(request.config);
  const { previewOnly: _ours, ...options } = request.options;
  const common = {
    color: "never" as const,
    ...options,
    signal: interrupted.signal,
    onEvent: (event: EngineEvent): void => void events.push(event),
    onOutput: (text: string): void => void process.stdout.write(text),
    onError: (text: string): void => void process.stderr.write(text),
  };
  await run(request, stack, common);
  return { exitCode: 0 };
}

/** Without a program here the engine starts the program itself, through its language host. */
async function select({
  stack: stackName,
  stackIs,
  project: projectName,
  through,
  directory: workDir,
}: OperationRequest): Promise<automation.Stack> {
  command ??= PulumiCommand.get();
  const options = { workDir, pulumiCommand: await command };
  const take = stackIs === "missing" ? "createStack" : "selectStack";
  if (through === "language-host") return LocalWorkspace[take]({ stackName, workDir }, options);
  // As the language host does: a program may export a function that gives the outputs.
  const program = async (): Promise<Record<string, unknown>> => {
    const exported = load("./index.ts") as Record<string, unknown> | (() => Promise<Record<string, unknown>>);
    return typeof exported === "function" ? exported() : exported;
  };
  return LocalWorkspace[take]({ stackName, projectName, program }, options);
}

type Options = automation.UpOptions & automation.PreviewOptions;

async function run({ operation, options: { previewOnly } }: OperationRequest, stack: automation.Stack, options: Options): Promise<void> {
  switch (operation) {
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
