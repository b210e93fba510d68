import type { ActiveFaults } from "../active-faults";
import type { TsmCall } from "../cluster-state";
import type { Release } from "../release";
import type { Switches } from "../switches";
import type { Call } from "./call";
import { configurationCommands } from "./configuration-commands";
import { Console } from "./console";
import type { ClusterNode, Command, Context } from "./context";
import { jobCommands } from "./job-commands";
import type { JobQueue } from "./jobs";
import { lifecycleCommands } from "./lifecycle-commands";
import { Logins, type Account } from "./logins";
import { printNoise } from "./noise";
import { globalOptions, parseOptions } from "./options";
import { pendingCommands } from "./pending-commands";
import { answerOddly, isLooking } from "./odd-answers";
import type { Server } from "./server";
import { settingsCommands } from "./settings-commands";
import { statusCommands } from "./status-commands";

export interface ControllerOptions {
  readonly installed: () => Release;
  readonly account: Account;
  readonly server: Server;
  readonly jobs: JobQueue;
  readonly faults: ActiveFaults;
  readonly switches: () => Switches;
  readonly nodes: () => readonly ClusterNode[];
  /** Where calls are recorded. */
  readonly calls: TsmCall[];
}

/** Hears of a call before it is answered; the answer waits for it. */
export type CallListener = (call: TsmCall) => void | Promise<void>;

/** The Administration Controller: answers calls of tsm. */
export class Controller {
  readonly #options: ControllerOptions;
  readonly #logins: Logins;
  readonly #commands: readonly Command[];
  readonly #listeners = new Set<CallListener>();

  constructor(options: ControllerOptions) {
    this.#options = options;
    this.#logins = new Logins(options.account);
    this.#commands = [
      ...configurationCommands,
      ...pendingCommands,
      ...lifecycleCommands,
      ...jobCommands,
      ...statusCommands,
      ...settingsCommands,
      ...this.#logins.commands,
    ];
  }

  /** Lets somebody hear of calls by a program, until the function that comes back is called. */
  listen(listener: CallListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Answers a call, and tells its exit status. The call is recorded with its arguments, its input never. */
  async handle(call: Call): Promise<number> {
    const position = this.#options.calls.length;
    const record: TsmCall = { node: call.node, user: call.user, pid: call.pid, argv: call.argv, stdin: "not-read" };
    this.#options.calls.push(record);
    const read = { stdin: record.stdin };
    const watched: Call = {
      ...call,
      out: (text) => call.out(text),
      err: (text) => call.err(text),
      ask: async () => {
        const line = await call.ask();
        read.stdin = line === undefined ? "empty" : "carried";
        this.#options.calls[position] = { ...record, ...read };
        return line;
      },
    };
    for (const listener of this.#listeners) if (call.pid > 0) await listener(record);
    const oddity = call.pid > 0 && isLooking(call.argv) ? this.#options.faults.takeFirst("odd-looks") : undefined;
    const right = (one: Call): Promise<number> => this.#answer(one);
    const status = oddity === undefined ? await right(watched) : await answerOddly(oddity, watched, right);
    this.#options.calls[position] = { ...record, ...read, status };
    return status;
  }

  async #answer(call: Call): Promise<number> {
    const switches = this.#options.switches();
    const console = new Console(call, switches);
    printNoise(console, switches, "before");
    const status = await this.#run(call, console, switches);
    printNoise(console, switches, "after");
    return status;
  }

  async #run(call: Call, console: Console, switches: Switches): Promise<number> {
    const command = this.#commands.find(({ words }) => words.every((word, index) => call.argv[index] === word));
    if (command === undefined) return this.#help(call, console);
    const options = parseOptions(call.argv.slice(command.words.length), command.options);
    if (typeof options === "string") return refuse(console, options);
    if (options.has("help")) return this.#usage(command, console);
    const missing = (command.required ?? []).filter((name) => !options.has(name));
    if (missing.length > 0) {
      return refuse(console, `Missing required option: ${missing.map((name) => shortName(command, name)).join(", ")}`);
    }
    if (this.#isUnreachable(call, options.get("server"))) {
      return refuse(console, `Could not connect to TSM Controller at '${call.node}:8850'.`);
    }
    const { version: release, build } = this.#options.installed();
    const context: Context = { ...this.#options, release, build, switches, nodes: this.#options.nodes(), call, console, options };
    const admission = this.#logins.commands.includes(command) ? "admitted" : await this.#logins.admit(context);
    return admission === "admitted" ? command.run(context) : 1;
  }

  // The controller is on the initial node alone, and a tsm of another build does not talk to it.
  #isUnreachable(call: Call, server: string | undefined): boolean {
    const isInitial = call.node === this.#options.nodes()[0]?.name;
    return (
      this.#options.faults.get("controller-down") !== undefined ||
      (!isInitial && server === undefined) ||
      call.build !== this.#options.installed().build
    );
  }

  #help(call: Call, console: Console): number {
    const asked = call.argv.length === 0 || ["help", "-h", "--help"].includes(call.argv[0] ?? "");
    if (!asked) console.error(`Unknown command: ${call.argv.join(" ")}`);
    console.line("Available commands:", ...this.#commands.map(({ words }) => `    ${words.join(" ")}`));
    return asked ? 0 : 1;
  }

  #usage(command: Command, console: Console): number {
    const names = [...command.options, ...globalOptions].map(({ short, long }) =>
      short === undefined ? `--${long}` : `-${short},--${long}`,
    );
    console.line(`usage: tsm ${command.words.join(" ")}`, ...names.map((name) => `    ${name}`));
    return 0;
  }
}

function refuse(console: Console, message: string): number {
  console.error(message);
  return 1;
}

function shortName(command: Command, long: string): string {
  return command.options.find((option) => option.long === long)?.short ?? long;
}
