import { TableauError } from "../vocabulary/error";
import { phrase } from "../host/fields";
import { type Lines, once } from "../host/reply";
import { checkAnswer, failures, type Outcome } from "../actions/check-answer";

/** The lines with which a script on a machine tells its system, and of a failure. */
export const machineLines = { system: once({ name: phrase(64) }), ...failures } as const;

interface MachineOutcome extends Outcome {
  readonly lines: Outcome["lines"] & Partial<Lines<Pick<typeof machineLines, "system">>>;
}

/**
 * Like {@link checkAnswer}, with what helps on machines of people: macOS keeps programs that come over SSH out of Documents.
 *
 * @see https://support.apple.com/guide/mac-help/mchlp1066/mac
 */
export function checkMachineAnswer(node: string, what: string, answer: MachineOutcome): void {
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

function isMac({ lines: { system = [] } }: MachineOutcome): boolean {
  return system.some(({ name }) => name === "Darwin");
}
