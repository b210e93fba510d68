import { TableauError } from "../../error";
import type { Answer } from "../../host/host";
import { checkAnswer } from "../check-answer";

/**
 * Like {@link checkAnswer}, with what helps on machines of people: macOS keeps programs that come over SSH out of Documents.
 *
 * @see https://support.apple.com/guide/mac-help/mchlp1066/mac
 */
export function checkMachineAnswer(node: string, what: string, answer: Answer): void {
  try {
    checkAnswer(node, what, answer);
  } catch (error) {
    if (error instanceof TableauError && error.message.includes("a program holds it open")) throw heldOpen(node, what, error);
    if (!(error instanceof TableauError) || !isMac(answer) || !error.message.includes("Operation not permitted")) throw error;
    throw new TableauError("host-command-failed", {
      node,
      message: `Could not ${what}: macOS does not let programs that come over SSH into that folder (Operation not permitted).`,
      next: "In System Settings, General, Sharing, Remote Login, allow full disk access for remote users; or run Pulumi on that machine.",
      cause: error,
    });
  }
}

// Windows lets nobody replace or remove a file that a program has open.
function heldOpen(node: string, what: string, cause: TableauError): TableauError {
  return new TableauError("host-command-failed", {
    node,
    message: `Could not ${what}: a program holds the file open. The file there is as it was.`,
    next: "Close the Tableau program on that machine, then run `pulumi up` again.",
    cause,
  });
}

function isMac({ records }: Answer): boolean {
  return records.some(([key, system]) => key === "system" && system === "Darwin");
}
