import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

const repository = resolve(__dirname, "../../..");
const graceMs = 5000;

/** The folder whose SDK and package are tested: by default the repository itself, else `PULUMI_TABLEAU_LANE`. */
export const lane: string = process.env["PULUMI_TABLEAU_LANE"] ?? repository;

export interface ProcessOptions {
  readonly directory?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** How a server ended: by itself with a code, or by a signal. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** The server's process: plain Node, since jest's module registry is not Node's. */
export class ProviderProcess {
  printed = "";
  readonly #child: ChildProcess;
  readonly ended: Promise<Ended>;

  private constructor(
    child: ChildProcess,
    readonly address: string,
  ) {
    this.#child = child;
    this.ended = new Promise((end) => {
      child.on("exit", (code, signal) => {
        end({ code, signal });
      });
    });
  }

  static async start(engineAddress: string, options: ProcessOptions): Promise<ProviderProcess> {
    const directory = options.directory ?? lane;
    const server = createRequire(join(directory, "_.js")).resolve("@pulumi/pulumi/cmd/dynamic-provider");
    const { NODE_OPTIONS: _options, ...inherited } = process.env;
    // A pipe for standard input, as the engine has it; standard error goes with standard output, since the engine shows both.
    const child = spawn(process.execPath, [server, engineAddress], { cwd: directory, env: { ...inherited, ...options.environment } });
    let early = "";
    child.stderr.on("data", (chunk: Buffer) => {
      early += chunk.toString();
    });
    const lines = createInterface({ input: child.stdout });
    const port = await new Promise<string>((found, fail) => {
      lines.once("line", found);
      child.once("exit", (code) => {
        fail(new Error(`The dynamic-provider server ended with ${String(code)} before it said its port:\n${early}`));
      });
    });
    const started = new ProviderProcess(child, `127.0.0.1:${port}`);
    lines.on("line", (line) => (started.printed += `${line}\n`));
    child.stderr.on("data", (chunk: Buffer) => (started.printed += chunk.toString()));
    return started;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  async interrupt(): Promise<Ended> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) this.#child.kill("SIGINT");
    const timer = setTimeout(() => this.#child.kill("SIGKILL"), graceMs);
    const ended = await this.ended;
    clearTimeout(timer);
    return ended;
  }
}
