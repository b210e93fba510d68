/** Where progress goes: one clean line per step, and warnings. */
export interface Report {
  step(line: string): void;
  warn(line: string): void;
}
