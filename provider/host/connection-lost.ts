import { TableauError } from "../vocabulary/error";

/** What is known of a connection that was lost. */
export interface LostConnection {
  readonly node: string;
  /** What was under way, as a clause: "a command ran". */
  readonly during: string;
  readonly reason: string;
  /** Whether what was under way may go on without the connection. */
  readonly onNode: "ended" | "may-still-run";
  readonly cause?: unknown;
}

/** The connection was lost while something was under way. */
export function connectionLost({ node, during, reason, onNode, cause }: LostConnection): TableauError {
  return new TableauError("host-connection-lost", {
    node,
    message: `The connection was lost while ${during}: ${reason}.${onNode === "may-still-run" ? " It may still be running on the node." : ""}`,
    next: "Check the network and the SSH server, then retry.",
    cause,
  });
}

/** The pool was closed while something was under way. */
export function closedError(node: string): TableauError {
  return new TableauError("host-connection-lost", {
    node,
    message: "The connection was closed by this program, which is ending.",
    next: "Run it again.",
  });
}
