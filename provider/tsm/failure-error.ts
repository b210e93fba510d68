import { TableauError, type ErrorCode } from "../vocabulary/error";
import type { CallAnswer } from "./call";
import { readFailure, type Failure } from "./read-failure";

/**
 * Stops when tsm did not answer at all: controller down, login refused, option or program unknown.
 *
 * @throws TableauError (tsm-unreachable, tsm-login-refused, tsm-command-failed, tsm-not-found)
 */
export function assertAnswered(answer: CallAnswer): void {
  const failure = readFailure(answer);
  if (failure === undefined) {
    return;
  }
  const { code, message, next } = sentences[failure];
  throw new TableauError(code, { node: answer.node, message: `\`${answer.call.name}\` ${message}`, next });
}

const sentences: Readonly<Record<Failure, { readonly code: ErrorCode; readonly message: string; readonly next: string }>> = {
  "controller-unreachable": {
    code: "tsm-unreachable",
    message:
      "did not reach the TSM Administration Controller, without which nothing can be read or changed; Tableau Server itself may be running.",
    next: "Start the controller on the initial node (`sudo su -l tableau`, then `systemctl --user start tabadmincontroller_0`), wait until `tsm status` answers, then try again.",
  },
  "login-needed": {
    code: "tsm-login-refused",
    message: "was refused because this user is not logged in to TSM or may not use it.",
    next: "Add the login user to the group `tsmadmin` on the initial node and log in anew, or give `tsm.username` and `tsm.password` of a TSM administrator.",
  },
  "option-unknown": {
    code: "tsm-command-failed",
    message: "was refused because this tsm does not know one of its options.",
    next: "Check with `tsm version` that Tableau Server is 2019.4 or later and that `tsm.path`, if given, is that server's own tsm.",
  },
  "program-unusable": {
    code: "tsm-not-found",
    message: "could not be started: the tsm program was not found or may not be executed.",
    next: "Check `tsm.path`, and that the login user may execute it.",
  },
};
