/** The system below a simulated product: its files, its ssh server, its processes. */
export interface DesktopMachine {
  /** Where the machine's `/`, or the folder of its drives, is on this machine. */
  readonly root: string;
  /** Starts it and tells the port of its ssh server. */
  start(): Promise<number>;
  stop(): Promise<void>;
  /** Where a path of the machine is here. */
  realPath(path: string): string;
  /** Starts the product; it holds these packages open as the machine's programs do. */
  startProgram(packages: readonly string[]): Promise<void>;
  stopProgram(): Promise<void>;
  /** How many commands its ssh server has run. */
  executions(): number;
}
