import { TableauError, type ErrorCode } from "../vocabulary/error";

/**
 * Takes an error of one look at a running job for "not seen this time": the job runs on the controller, whatever becomes of its
 * viewers, and the next look may succeed. Any other error is thrown again.
 */
export function toleratePolling(error: unknown): undefined {
  if (isOutOfSight(error)) return undefined;
  throw error;
}

/** Whether an error says nothing of the server but that it, or the answer, could not be seen. */
export function isOutOfSight(error: unknown): error is TableauError {
  return error instanceof TableauError && outOfSight.has(error.code);
}

const outOfSight: ReadonlySet<ErrorCode> = new Set([
  "host-timeout",
  "host-connection-lost",
  "host-unreachable",
  "host-answer-unreadable",
  "tsm-answer-unreadable",
  "tsm-unreachable",
]);
