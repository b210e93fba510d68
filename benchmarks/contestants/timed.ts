import { spawn } from "node:child_process";

export interface Ran {
  readonly seconds: number;
  readonly output: string;
}

/** Runs a program to its end. @throws Error with its output if it ends with another status than 0. */
export function timed(
  program: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const begun = performance.now();
    const env = { ...process.env, ...options.env };
    const child = spawn(program, args, {
      stdio: ["ignore", "pipe", "pipe"],
      env,
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    });
    const pieces: Buffer[] = [];
    child.stdout.on("data", (piece: Buffer) => pieces.push(piece));
    child.stderr.on("data", (piece: Buffer) => pieces.push(piece));
    child.on("error", reject);
    // Not "close": a shared connection that stays behind may hold the outputs open.
    child.on("exit", (status) => {
      const seconds = (performance.now() - begun) / 1000;
      setImmediate(() => {
        const output = Buffer.concat(pieces).toString("utf8");
        child.stdout.destroy();
        child.stderr.destroy();
        if (status === 0) resolve({ seconds, output });
        else reject(new Error(`${program} ${args.join(" ")} ended with ${String(status)}:\n${output.slice(-4000)}`));
      });
    });
  });
}
