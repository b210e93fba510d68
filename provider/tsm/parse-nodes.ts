import { answerUnreadable, callFailed } from "./answer-error";
import type { CallAnswer } from "./call";
import { listLines } from "./clean-lines";

/** Reads `tsm topology list-nodes`: one node id a line. */
export function parseNodes(answer: CallAnswer): readonly string[] {
  if (answer.exit !== 0) {
    throw callFailed(answer);
  }
  const lines = listLines(answer.stdout).map((line) => line.text.trim().replace(/^[-*•]\s+/, ""));
  // TSM itself numbers its nodes node1, node2, ...: such lines are found beside others. Other names count where each line is one.
  const numbered = lines.flatMap((line) => (numberedNodes.test(line) ? line.split(/[\s,]+/) : []));
  const nodes = new Set(lines.every((line) => word.test(line)) ? lines : numbered);
  if (nodes.size === 0) {
    throw answerUnreadable(answer, { expected: "one node id a line, such as `node1`" });
  }
  return [...nodes];
}

const numberedNodes = /^node\d+(?:[\s,]+node\d+)*$/i;
const word = /^[A-Za-z0-9][\w.-]*$/;
