import { once } from "node:events";
import { rmSync, writeFileSync } from "node:fs";
import type { Socket } from "node:net";
import { join } from "node:path";
import { simulatorError } from "../fail";
import type { Control } from "./control";
import type { CommandEnd, NodeCommand } from "./node-command";
import { makePipes, openPipes, type Pipes } from "./pipes";

/**
 * Starts command lines inside a node as one of its users, as an ssh server does.
 *
 * The node's own first process forks them (simulator/scripts/node-init.sh), with named pipes for streams: a fork of a
 * Node.js process takes many times as long, and holds up everything else meanwhile.
 */
export class SessionStarter {
  readonly #control: Control;
  readonly #folder: string;
  /** Folders of pipes that nobody uses now. */
  readonly #free: string[] = [];
  #folders = 0;

  /** @param folder the node's folder on this machine. */
  constructor(control: Control, folder: string) {
    this.#control = control;
    this.#folder = join(folder, "run");
  }

  /** @throws Error if the node has ended. */
  start(user: string, commandLine: string, umask: string): NodeCommand {
    const name = this.#free.pop() ?? this.#makeFolder();
    writeFileSync(join(this.#folder, name, "command"), `${commandLine}\0`);
    const pipes = openPipes(join(this.#folder, name));
    this.#control.startSession([name, user, umask]);
    const command = toCommand(pipes, this.#control);
    // Where the command runs on after its client has left, its pipes are not used again.
    void command.ended.then(() => this.#free.push(name));
    return command;
  }

  #makeFolder(): string {
    const name = `session.${this.#folders++}`;
    rmSync(join(this.#folder, name), { recursive: true, force: true });
    if (!makePipes(join(this.#folder, name))) throw simulatorError("No named pipe can be made.", "See whether mkfifo is installed.");
    return name;
  }
}

function toCommand(pipes: Pipes, control: Control): NodeCommand {
  let told = "";
  const started = once(pipes.end, "data").then(() => undefined);
  pipes.end.setEncoding("latin1").on("data", (text: string) => (told += text));
  const exited = new Promise<CommandEnd>((resolve) => pipes.end.once("close", () => resolve(endOf(told))));
  const ended = Promise.all([exited, once(pipes.out, "close"), once(pipes.err, "close")]).then(([end]) => {
    pipes.in.destroy();
    return end;
  });
  void control.ended.then(() => Object.values(pipes).forEach((pipe: Socket) => pipe.destroy()));
  const signal = (name: string): void => {
    const pid = /^pid (\d+)$/m.exec(told)?.[1];
    if (pid !== undefined && /^SIG[A-Z0-9]+$/.test(name)) void control.run(`kill -${name} -- -${pid}`);
  };
  return { started, stdin: pipes.in, stdout: pipes.out, stderr: pipes.err, ended, signal };
}

// A shell tells the end by signal N as status 128 + N.
const signals: Readonly<Record<number, string>> = {
  129: "SIGHUP",
  130: "SIGINT",
  131: "SIGQUIT",
  134: "SIGABRT",
  137: "SIGKILL",
  143: "SIGTERM",
};

function endOf(told: string): CommandEnd {
  const status = Number(/^status (\d+)$/m.exec(told)?.[1] ?? 137);
  const signal = signals[status];
  return signal === undefined ? { status } : { signal };
}
