import { TableauError } from "../provider/vocabulary/error";

/** An error of the simulator itself. */
export function simulatorError(message: string, next: string, cause?: unknown): TableauError {
  return new TableauError("simulator-failed", { message, next, cause });
}
