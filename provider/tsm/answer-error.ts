import { TableauError } from "../vocabulary/error";
import type { CallAnswer } from "./call";
import { cleanLines } from "./clean-lines";

/** An answer that cannot be understood. It tells the call and the line, and the text only where no secret can stand. */
export function answerUnreadable(answer: CallAnswer, problem: { readonly expected: string; readonly line?: number }): TableauError {
  const where = problem.line === undefined ? "" : ` (line ${String(problem.line)})`;
  return new TableauError("tsm-answer-unreadable", {
    node: answer.node,
    message: `The answer of \`${answer.call.name}\` cannot be understood${where}: expected ${problem.expected}${seen(answer)}.`,
    next: `Run \`${answer.call.name}\` on the initial node and report its output, without secret values, to the maintainers of pulumi-tableau.`,
  });
}

/** A call that ended with a failure for no reason that this package knows. */
export function callFailed(answer: CallAnswer): TableauError {
  return new TableauError("tsm-command-failed", {
    node: answer.node,
    message: `\`${answer.call.name}\` failed: expected exit status 0, got ${String(answer.exit)}${seen(answer)}.`,
    next: `Run \`${answer.call.name}\` on the initial node, fix what it reports, then run \`pulumi up\` again.`,
  });
}

/** The last lines of both streams, for an error; empty where they may hold values of configuration keys. */
function seen(answer: CallAnswer): string {
  if (answer.call.prints === "values") {
    return " (its output is not shown, because it may hold values of configuration keys)";
  }
  const lines = [...cleanLines(answer.stdout), ...cleanLines(answer.stderr)].slice(-5).map((line) => line.text.trim().slice(0, 300));
  return lines.length === 0 ? ", got no output" : `, got: ${lines.join(" / ")}`;
}
