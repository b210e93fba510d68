import { answerUnreadable, callFailed } from "./answer-error";
import type { CallAnswer } from "./call";
import { listLines } from "./clean-lines";

/** Reads `tsm pending-changes list --topology-only`: whatever does not say that nothing is pending shows that something is. */
export function parsePendingTopology(answer: CallAnswer): boolean {
  if (answer.exit !== 0) {
    throw callFailed(answer);
  }
  const lines = [...listLines(answer.stdout), ...listLines(answer.stderr)];
  if (lines.length === 0) {
    throw answerUnreadable(answer, { expected: "`There are no pending topology changes.` or changes" });
  }
  return !lines.some((line) => nothingPending.test(line.text));
}

const nothingPending = /^\W*there are no pending (?:topology )?changes\W*$/i;
