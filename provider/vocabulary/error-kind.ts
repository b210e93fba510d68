import { TableauError, type ErrorCode } from "./error";

/**
 * What an error says of the work that it ended: `cut`: nobody knows whether the work was begun, goes on, or is done; `out-of-reach`: nothing was
 * begun, since the node or the server could not be reached; `login-refused`: the credentials are wrong. All others are answers.
 */
const kinds: Partial<Record<ErrorCode, "cut" | "out-of-reach" | "login-refused">> = {
  "host-timeout": "cut",
  "host-connection-lost": "cut",
  "host-answer-unreadable": "cut",
  "tsm-answer-unreadable": "cut",
  "host-unreachable": "out-of-reach",
  "tsm-unreachable": "out-of-reach",
  "host-login-refused": "login-refused",
  "tsm-login-refused": "login-refused",
};

/** Whether the connection, the time or the answer ended while what was asked for may be under way. */
export function isCut(error: unknown): error is TableauError {
  return kindOf(error) === "cut";
}

/** Whether an error says nothing of the server but that it, or the answer, could not be seen. */
export function isOutOfSight(error: unknown): error is TableauError {
  const kind = kindOf(error);
  return kind === "cut" || kind === "out-of-reach";
}

/** Whether a node or the server refused the credentials. */
export function isLoginRefused(error: unknown): error is TableauError {
  return kindOf(error) === "login-refused";
}

function kindOf(error: unknown): "cut" | "out-of-reach" | "login-refused" | undefined {
  return error instanceof TableauError ? kinds[error.code] : undefined;
}
