import { appendFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";

/** One line of the matrix that `npm run test:faults` prints. */
export interface ReportRow {
  /** The part of the matrix, such as "interruption by kill". */
  readonly part: string;
  readonly what: string;
  /** How many cases ran, and how many there are. */
  readonly ran: number;
  readonly of: number;
  readonly failed: number;
  /** Anything else that was counted. */
  /** What failed, in words. */
  readonly failures?: readonly string[];
  readonly figures?: Readonly<Record<string, number | string>>;
}

const folder = join(__dirname, "..", "..", "..", ".work", "faults");

/** Adds a line to the matrix. */
export function reportRow(row: ReportRow): void {
  mkdirSync(folder, { recursive: true });
  appendFileSync(join(folder, "rows.jsonl"), `${JSON.stringify(row)}\n`);
}
