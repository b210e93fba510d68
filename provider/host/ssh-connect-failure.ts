import { TableauError } from "../error";
import { closedError } from "./closed-error";
import { DialError } from "./dial-error";
import type { Endpoint } from "./host";
import type { HostKeyCheck } from "./host-key-check";
import type { SshAuth } from "./ssh-auth";

interface Circumstances {
  readonly node: string;
  readonly endpoint: Endpoint;
  readonly check: HostKeyCheck;
  readonly auth: SshAuth;
  readonly phase: "handshake" | "login";
  /** What went wrong on the way, such as an agent that is not there. */
  readonly notes: readonly string[];
  readonly signal: AbortSignal;
}

interface Ssh2Error extends Error {
  readonly level?: string;
}

/** What a failed attempt to connect means: a DialError if another may succeed, else the error to end with. */
export function connectFailure(error: Ssh2Error, seen: Circumstances): Error {
  if (seen.signal.aborted) return closedError(seen.node);
  if (error instanceof DialError) return error;
  // Also how sshd sheds load: it drops connections before the key exchange (MaxStartups).
  if (error.level === "client-socket" || (error.level === "protocol" && error.message.includes("lost before handshake")))
    return new DialError(error.message);
  if (seen.phase === "login") return loginRefused(error, seen);
  if (error.message === "closed") return new DialError("the server closed the connection before the key exchange");
  if (error.message.includes("no matching host key format")) return seen.check.noCommonType();
  return new TableauError("host-unreachable", {
    node: seen.node,
    message: `No SSH connection to ${seen.endpoint.host}:${seen.endpoint.port}: ${error.message}.`,
    next: "Check that an SSH server listens there and that it is not older than OpenSSH 6.5.",
    cause: error,
  });
}

function loginRefused(error: Ssh2Error, seen: Circumstances): TableauError {
  const how =
    error.level === "client-authentication" ? "" : error.message === "closed" ? "it closed the connection; " : `${error.message}; `;
  const tried = seen.auth.tried.length === 0 ? "it accepts none of the methods configured" : `tried: ${seen.auth.tried.join(", ")}`;
  const notes = seen.notes.length === 0 ? "" : ` (${seen.notes.join("; ")})`;
  return new TableauError("host-login-refused", {
    node: seen.node,
    message: `${seen.endpoint.host}:${seen.endpoint.port} refused the login of "${seen.endpoint.user}": ${how}${tried}${notes}.`,
    next: "Check the user name and the key or password in the connection, and the server's authorized_keys and log.",
    cause: error,
  });
}
