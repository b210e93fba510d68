import { TableauError } from "../vocabulary/error";

/** The pool was closed while something was under way. */
export function closedError(node: string): TableauError {
  return new TableauError("host-connection-lost", {
    node,
    message: "The connection was closed by this program, which is ending.",
    next: "Run it again.",
  });
}
