/** One call of tsm as it reaches the controller. */
export interface Call {
  readonly node: string;
  readonly user: string;
  readonly pid: number;
  readonly argv: readonly string[];
  readonly folder: string;
  /** Build of the tsm program that called. */
  readonly build: string;
  /** Prints on the caller's standard output, as it is. */
  out(text: string): void;
  err(text: string): void;
  /** Reads a line of the caller's standard input; undefined at its end. */
  ask(): Promise<string | undefined>;
}
