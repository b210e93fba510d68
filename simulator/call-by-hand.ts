import type { Controller } from "./controller/controller";

export interface HandCallOptions {
  /** The user who calls. Default "root". */
  readonly as?: string;
  /** The node on which. Default: the initial one. */
  readonly node?: string;
  /** Lines of standard input. Default: none, it is closed. */
  readonly input?: readonly string[];
}

export interface TsmResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Calls tsm without a shell. */
export async function callByHand(
  controller: Controller,
  argv: readonly string[],
  options: HandCallOptions & { node: string; build: string },
): Promise<TsmResult> {
  const printed = { stdout: "", stderr: "" };
  const input = [...(options.input ?? [])];
  const status = await controller.handle({
    node: options.node,
    build: options.build,
    user: options.as ?? "root",
    pid: 0,
    folder: "/",
    argv,
    out: (text) => void (printed.stdout += text),
    err: (text) => void (printed.stderr += text),
    ask: () => Promise.resolve(input.shift()),
  });
  return { status, ...printed };
}
