import { spawn } from "node:child_process";
import type { CommandEnd, NodeCommand } from "./node-command";

/** Starts a program of this machine as a command, for a server that has few of them. */
export function spawnCommand([program, ...args]: readonly [program: string, ...args: string[]]): NodeCommand {
  const child = spawn(program, args, {
    stdio: "pipe",
    detached: true,
    env: { PATH: process.env["PATH"] ?? "/usr/sbin:/usr/bin:/sbin:/bin" },
  });
  const { stdin, stdout, stderr } = child;
  for (const stream of [stdin, stdout, stderr]) stream.on("error", () => undefined);
  const ended = new Promise<CommandEnd>((resolve) => {
    child.on("error", () => resolve({ status: 127 }));
    child.on("close", (status, signal) => resolve(status === null ? { signal: signal ?? "SIGKILL" } : { status }));
  });
  const signal = (name: string): void => {
    if (child.pid !== undefined && /^SIG[A-Z0-9]+$/.test(name)) process.kill(-child.pid, name);
  };
  return { started: Promise.resolve(), stdin, stdout, stderr, ended, signal };
}
