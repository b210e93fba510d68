import { spawn } from "node:child_process";
import { join, resolve } from "node:path";

const hook = resolve(__dirname, "../../../../scripts/typescript-hook.cjs");

export interface Outcome {
  readonly sha256?: string;
  readonly size?: number;
  readonly error?: string;
}

/** Fetches in a process of its own, whose environment has no proxy but what is given: Node.js reads NODE_EXTRA_CA_CERTS when it starts. */
export function runFetch(args: readonly string[], environment: Readonly<Record<string, string>>): Promise<Outcome> {
  const own = Object.entries(process.env).filter(([name]) => !/_proxy$/i.test(name) && name !== "NODE_EXTRA_CA_CERTS");
  const child = spawn(process.execPath, ["--require", hook, join(__dirname, "fetch-process.ts"), ...args], {
    env: { ...Object.fromEntries(own), ...environment },
  });
  const text = { out: "", err: "" };
  child.stdout.on("data", (chunk: Buffer) => void (text.out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => void (text.err += chunk.toString()));
  return new Promise((settle, reject) => {
    child.on("close", (status) => {
      // Not even a warning of Node.js, which would stand in everybody's terminal.
      if (status === 0 && text.err === "") settle(JSON.parse(text.out) as Outcome);
      else reject(new Error(`status ${String(status)}: ${text.err}`));
    });
  });
}
