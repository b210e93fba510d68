/** Where a command prints. */
export interface CliOutput {
  out(text: string): void;
  err(text: string): void;
}

/** One command of `pulumi-tableau`. */
export interface CliCommand {
  /** Does it, and tells the exit status: 0, 1 for a failure, 2 for a call that cannot be understood. */
  run(args: readonly string[], output: CliOutput): Promise<number>;
}

/** A call that cannot be understood: the message says why. */
export class UsageError extends Error {}
