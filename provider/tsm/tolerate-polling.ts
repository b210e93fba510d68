import { TableauError, type ErrorCode } from "../error";

/**
 * Takes an error of one look at a running job for "not seen this time": the job runs on the controller, whatever becomes of its
 * viewers, and the next look may succeed. Any other error is thrown again.
 */
export function toleratePolling(error: unknown): undefined {
  if (error instanceof TableauError && passing.has(error.code)) {
    return undefined;
  }
  throw error;
}

const passing: ReadonlySet<ErrorCode> = new Set([
  "host-timeout",
  "host-connection-lost",
  "host-unreachable",
  "host-answer-unreadable",
  "tsm-answer-unreadable",
  "tsm-unreachable",
]);
