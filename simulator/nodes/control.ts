import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import type { Writable } from "node:stream";
import { simulatorError } from "../fail";
import { packageRoot } from "../package-root";

/** "root": namespaces made by root. "user": in a user namespace, as the only user. "none": the machine itself. */
export type Isolation = "root" | "user" | "none";

const unshareFlags = ["--mount", "--pid", "--fork", "--kill-child", "--mount-proc"];

/** The best isolation that this machine allows. */
export function availableIsolation(): Isolation {
  const allowed = (flags: readonly string[]): boolean =>
    spawnSync("unshare", [...flags, ...unshareFlags, "sh", "-c", "mount -t tmpfs tmpfs /run"], { stdio: "ignore" }).status === 0;
  if (process.getuid?.() === 0) return allowed([]) ? "root" : "none";
  return allowed(["--user", "--map-root-user"]) ? "user" : "none";
}

export interface CommandResult {
  readonly status: number;
  readonly output: string;
}

/** The first process of a node: runs what it is told, one command at a time, as root of the node. */
export class Control {
  readonly #process: ChildProcess;
  readonly #waiting: ((result: CommandResult) => void)[] = [];
  #buffer = "";
  readonly isolation: Isolation;
  /** Resolves when the node has ended. */
  readonly ended: Promise<void>;

  private constructor(isolation: Isolation, folder: string, first: string) {
    const script = [join(packageRoot(), "simulator/scripts", first), isolation === "none" ? "local" : "namespace", folder];
    const user = isolation === "user" ? ["--user", "--map-root-user"] : [];
    const [program, ...args] = isolation === "none" ? ["bash", ...script] : ["unshare", ...user, ...unshareFlags, "bash", ...script];
    this.isolation = isolation;
    this.#process = spawn(program, args, {
      stdio: ["pipe", "pipe", "inherit", "pipe"],
      env: { PATH: process.env["PATH"] ?? "/usr/sbin:/usr/bin:/sbin:/bin" },
      detached: true,
    });
    this.#process.stdout?.setEncoding("utf8").on("data", (text: string) => this.#take(text));
    for (const stream of [this.#process.stdin, this.#process.stdio[3]]) stream?.on("error", () => undefined);
    this.ended = new Promise((resolve) => this.#process.once("close", () => resolve()));
    this.#process.on("close", () => this.#end());
  }

  /** `first` is the script that is the first process. */
  static async start(isolation: Isolation, folder: string, first = "node-init.sh"): Promise<Control> {
    const control = new Control(isolation, folder, first);
    const ready = await new Promise<CommandResult>((resolve) => control.#waiting.push(resolve));
    if (ready.status === 0) return control;
    throw simulatorError(`The node in ${folder} did not start: ${ready.output}`, "See the messages above.");
  }

  /** The process whose namespaces the node lives in, as this machine counts. */
  get pid(): number {
    return this.#process.pid ?? 0;
  }

  run(command: string): Promise<CommandResult> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) {
      return Promise.resolve({ status: 255, output: "the node has ended" });
    }
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#process.stdin?.write(`${command}\0`);
    });
  }

  /** Has a command line started beside everything else, as SessionStarter wants it. */
  startSession(words: readonly string[]): void {
    (this.#process.stdio[3] as Writable).write(words.map((word) => `${word}\0`).join(""));
  }

  /** Like `run`, where a failure is an error. */
  async must(command: string): Promise<string> {
    const { status, output } = await this.run(command);
    if (status === 0) return output;
    throw simulatorError(`A command on a node failed with status ${status}: ${command}: ${output}`, "This is a fault of the simulator.");
  }

  /** Ends every process and mount of the node. */
  async stop(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const ended = new Promise((resolve) => this.#process.once("close", resolve));
    (this.#process.stdio[3] as Writable).end();
    this.#process.stdin?.end();
    await ended;
  }

  #take(text: string): void {
    this.#buffer += text;
    for (;;) {
      const [output, status, ...rest] = this.#buffer.split("\0");
      if (output === undefined || status === undefined || rest.length === 0) return;
      this.#buffer = rest.join("\0");
      this.#waiting.shift()?.({ output, status: Number(status) });
    }
  }

  #end(): void {
    for (const resolve of this.#waiting.splice(0)) resolve({ status: 255, output: `${this.#buffer}the node has ended` });
  }
}
