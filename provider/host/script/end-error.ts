import { TableauError } from "../../vocabulary/error";
import type { AnswerState } from "./answer";
import { printable } from "../../vocabulary/printable";
import { privilegeRefusal } from "./privilege-refusal";
import type { ProcessEnd } from "./running-process";
import { shellRefusal } from "./shell-refusal";
import { connectionLost } from "../connection-lost";
import { UnreadableAnswer } from "../unreadable-answer";

export interface Where {
  readonly node: string;
  readonly user: string;
}

/** What came instead of an answer. */
export interface Seen {
  readonly script: string;
  /** Whether the shell was started with the script, or kept from an earlier one. */
  readonly shell: "new" | "kept";
  readonly noise: string;
  readonly errorText: string;
}

/** The script ended without a complete answer, or its answer cannot be read. */
export type BadEnd = (Seen & { readonly end: ProcessEnd; readonly state: AnswerState }) | (Seen & { readonly unreadable: unknown });

/** The error that tells why there is no answer. */
export function endError(bad: BadEnd, where: Where): unknown {
  if ("unreadable" in bad) return bad.unreadable instanceof UnreadableAnswer ? unreadable(bad.unreadable, bad, where) : bad.unreadable;
  if (bad.end.kind === "lost") {
    const during = `the script "${bad.script}" ran`;
    return connectionLost({ node: where.node, during, reason: bad.end.reason, onNode: "may-still-run" });
  }
  if (bad.state.kind === "begun") return cut(bad.end, bad, where);
  return bad.shell === "kept" ? keptEnded(bad.end, bad, where) : neverBegun(bad.end, bad, where);
}

function unreadable(reason: UnreadableAnswer, seen: Seen, where: Where): TableauError {
  return new TableauError("host-answer-unreadable", {
    node: where.node,
    message: `The answer of the script "${seen.script}" cannot be read: ${reason.message}.${shown(seen)}`,
    next: `Look at what the login shell of "${where.user}" prints and runs in the background, then run it again.`,
    cause: reason,
  });
}

function cut(end: ProcessEnd, seen: Seen, where: Where): TableauError {
  return new TableauError("host-answer-unreadable", {
    node: where.node,
    message: `The answer of the script "${seen.script}" is cut: the shell ${endText(end)} without the end mark.${shown({ ...seen, noise: "" })}`,
    next: "If nobody ended the process on the node, this is a defect of this package; otherwise run it again.",
  });
}

// Exit status 255 and 1 have many causes (a remote signal, a login shell that refuses), so what was printed is shown.
function neverBegun(end: ProcessEnd, seen: Seen, where: Where): TableauError {
  const refusal = privilegeRefusal(seen.errorText, where);
  if (refusal !== undefined) return refusal;
  const refused = shellRefusal(`${seen.noise}\n${seen.errorText}`, { ...where, shown: shown(seen) });
  if (refused !== undefined) return refused;
  return new TableauError("host-login-refused", {
    node: where.node,
    message: `The login shell of "${where.user}" did not run the script "${seen.script}": it ${endText(end)}.${shown(seen)}`,
    next: `Give the user a POSIX shell (such as /bin/sh) as login shell, without a forced command; try: ssh ${where.user}@HOST 'sh -c "echo works"'.`,
  });
}

// It ran scripts before, so neither the login nor sudo refuses.
function keptEnded(end: ProcessEnd, seen: Seen, where: Where): TableauError {
  return new TableauError("host-connection-lost", {
    node: where.node,
    message: `The shell that was to run the script "${seen.script}" ${endText(end)} at the same moment.${shown({ ...seen, noise: "" })}`,
    next: "Run it again.",
  });
}

function endText(end: ProcessEnd): string {
  if (end.kind === "exited") return `ended with exit status ${end.status}`;
  return end.kind === "killed" ? `was ended by signal ${end.signal}` : "was lost";
}

function shown(seen: Pick<Seen, "noise" | "errorText">): string {
  const output = printable(seen.noise).trim().slice(0, 400);
  const errors = seen.errorText.trim().slice(-400);
  return `${output === "" ? "" : ` It printed: ${JSON.stringify(output)}.`}${errors === "" ? "" : ` On standard error: ${JSON.stringify(errors)}.`}`;
}
