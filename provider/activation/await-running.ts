import { TableauError } from "../vocabulary/error";
import type { Earlier, TsmView } from "../tsm/tsm";
import { compareRunning } from "./compare-running";
import { lookUntilSure, type Look, type Sure } from "./look-until-sure";
import type { Report } from "./report";
import type { Target } from "./target";

/** Why a server does not run as it should. */
export type NotRunning = TableauError;

/** Takes one look at whether a server runs as it did before; what tsm says in words of its own are notes. */
export function judgeRunning(target: Target, before: TsmView, after: TsmView): Look<TsmView, NotRunning> {
  if (before.status === "STOPPED") return { kind: "right", value: after, notes: [] };
  const { worse, unclear, strange } = compareRunning(before, after);
  if (worse.length > 0) return { kind: "not yet", why: notBack(target, after, [...worse, ...unclear]) };
  if (unclear.length > 0) throw notClear(target, unclear);
  return { kind: "right", value: after, notes: strange };
}

/**
 * Waits until the server runs and no process is worse than earlier, for `timeouts.ready`.
 *
 * @throws TableauError activation-failed, naming what is not back when the time is over, or why that cannot be seen.
 */
export async function awaitRunning(target: Target, earlier: Earlier, report: Report): Promise<void> {
  if (earlier.view.status === "STOPPED") return;
  const look = async (): Promise<Look<TsmView, NotRunning>> => judgeRunning(target, earlier.view, await target.tsm.look(earlier));
  const sure = await lookUntilSure(look, target.timeouts.ready, sayWhatIsAwaited(target, report));
  if (sure.kind === "unseen") throw sure.error;
  if (sure.kind !== "right") throw sure.why;
  warnOfStrangeWords(target, sure.notes, report);
}

/** Says once for each reason why another look is needed. */
export function sayWhatIsAwaited(target: Target, report: Report): (seen: Sure<unknown, unknown>) => void {
  let said = "";
  return (seen) => {
    const line =
      seen.kind === "unseen" ? `look at ${target.name} again (${firstLine(seen.error.message)})` : `wait until ${target.name} runs again`;
    if (line !== said) report.step(line);
    said = line;
  };
}

/** Tells what tsm says in words that this package does not know, as a warning: the server itself runs. */
export function warnOfStrangeWords(target: Target, words: readonly string[], report: Report): void {
  if (words.length > 0) report.warn(`tsm says of ${target.name}: ${words.join("; ")}. See \`tsm status -v\` on the initial node.`);
}

function notBack(target: Target, { status }: TsmView, worse: readonly string[]): TableauError {
  return new TableauError("activation-failed", {
    message: `${target.name} is not back ${String(target.timeouts.ready)} seconds after its restart (${status}): ${worse.join("; ")}.`,
    next: "See `tsm status -v` and the logs on the initial node; `pulumi up` makes up for the restart that is still due.",
  });
}

function notClear(target: Target, unclear: readonly string[]): TableauError {
  return new TableauError("activation-failed", {
    message: `It cannot be told whether ${target.name} is back: ${unclear.join("; ")}.`,
    next: "See `tsm status -v` and the logs on the initial node.",
  });
}

function firstLine(message: string): string {
  return message.split("\n", 1)[0] ?? message;
}
