import { TableauError } from "../../vocabulary/error";
import { DialError } from "./dial-error";
import type { Endpoint } from "../host";
import type { SshAuth } from "./authentication";
import { tame } from "../../vocabulary/printable";

interface Ssh2Error extends Error {
  readonly level?: string;
  readonly code?: unknown;
}

export interface LoginSeen {
  readonly node: string;
  readonly endpoint: Endpoint;
  readonly auth: SshAuth;
  /** What went wrong on the way, such as an agent that is not there. */
  readonly notes: readonly string[];
  /** What the server told its user. */
  readonly banners: readonly string[];
}

/** What a failure of the login means: a DialError if another attempt may succeed, else the error to end with. */
export function loginFailure(error: Ssh2Error, seen: LoginSeen): Error {
  if (error instanceof DialError || error instanceof TableauError) return error;
  if (error.level === "client-socket") {
    return new DialError(`the connection broke off during the login (${error.message})`, "See the network and the server's log.", {
      cause: error,
    });
  }
  const { endpoint, node } = seen;
  const [why, next] = reason(error, seen);
  const tried = seen.auth.tried.length === 0 ? "" : `; tried: ${seen.auth.tried.join(", ")}${notes(seen)}`;
  return new TableauError("host-login-refused", {
    node,
    message: `${endpoint.host}:${String(endpoint.port)} refused the login of "${endpoint.user}": ${why}${tried}.${told(seen)}`,
    next,
    cause: error,
  });
}

type Reason = readonly [why: string, next: string];

function reason(error: Ssh2Error, seen: LoginSeen): Reason {
  const words = [error.message, ...seen.banners].join("\n");
  const asked = seen.auth.asked.find(({ what }) => what !== "something else") ?? seen.auth.asked[0];
  if (error.message === "the password must be changed" || asked?.what === "new password") return passwordMustBeChanged(seen);
  const found = spokenReasons.find(([pattern]) => pattern.test(words));
  if (found !== undefined) return [found[1], found[2]];
  if (asked !== undefined) return question(asked, seen);
  const { accepted, tried, passed } = seen.auth;
  if (passed.length > 0) return furtherFactor(seen);
  if (accepted !== null && tried.length === 0) return noMethod(accepted, seen);
  if (error.message === "closed") return ["it closed the connection", seeLog(seen)];
  if (error.level === "client-authentication") {
    return [
      accepted === null
        ? "nothing that was tried is accepted"
        : `nothing that was tried is accepted (the server takes ${accepted.join(", ")})`,
      check(seen),
    ];
  }
  return [error.message, seeLog(seen)];
}

// Words of OpenSSH and of PAM, in disconnect messages and banners.
const spokenReasons: readonly (readonly [pattern: RegExp, why: string, next: string])[] = [
  [
    /too many authentication failures/i,
    "too many keys or passwords were tried (MaxAuthTries)",
    "An agent with many keys does that: give the one key as privateKeyPath and set agentSocketPath to an empty text, or remove keys from the agent.",
  ],
  [
    /password (?:has |is )?expired|password must be changed|required to change your password|expired password/i,
    "the password has expired",
    "Log in by hand, change the password, then run it again.",
  ],
  [
    /account (?:has |is )?(?:been )?(?:expired|locked|disabled)|(?:locked|disabled|expired) account/i,
    "the account has expired or is locked",
    "Have the account enabled again on the node (chage -l USER, passwd -S USER).",
  ],
  [
    /system is (?:booting|going down)|nologin|not permitted to log in yet/i,
    "the node lets nobody in for now",
    "Wait until it has booted, or remove /etc/nologin or /run/nologin there.",
  ],
];

function passwordMustBeChanged({ endpoint }: LoginSeen): Reason {
  return [
    `the password of "${endpoint.user}" must be changed first`,
    "Log in by hand, change the password, then put the new one into the connection.",
  ];
}

function question(asked: SshAuth["asked"][number], { endpoint }: LoginSeen): Reason {
  const words = asked.text === "" ? "" : ` (${JSON.stringify(tame(asked.text))})`;
  return asked.what === "code"
    ? [
        `it asks for a one-time code${words}, which no program can give`,
        `Give "${endpoint.user}" a key, and exempt it from the second factor on the node (Match User … AuthenticationMethods publickey).`,
      ]
    : [`it asks something that is not understood${words}`, "Use a key, or a user who is asked for a password only."];
}

function furtherFactor({ auth }: LoginSeen): Reason {
  const rest = auth.accepted === null ? "" : `: ${auth.accepted.join(", ")}`;
  return [
    `it took the ${auth.passed.join(" and the ")} and wants more${rest}`,
    "Give the connection what is missing, or exempt the user from it on the node (AuthenticationMethods).",
  ];
}

function noMethod(accepted: readonly string[], { endpoint }: LoginSeen): Reason {
  const given =
    endpoint.password === undefined
      ? "a key"
      : endpoint.privateKey === undefined && endpoint.privateKeyPath === undefined
        ? "a password"
        : "a key and a password";
  return [
    `it accepts ${accepted.join(", ")} only, and the connection has ${given}`,
    "Give the connection what the server accepts, or allow more in the server's sshd_config (PubkeyAuthentication, PasswordAuthentication).",
  ];
}

function check({ endpoint }: LoginSeen): string {
  return (
    `Check user and key or password in the connection; on the server ~${endpoint.user}/.ssh/authorized_keys and its rights (StrictModes), ` +
    "AllowUsers, AllowGroups and DenyUsers, whether the account is locked, and its log (journalctl -u ssh)."
  );
}

function seeLog({ endpoint }: LoginSeen): string {
  return `See the server's log for "${endpoint.user}" (journalctl -u ssh).`;
}

function notes({ notes: all }: LoginSeen): string {
  return all.length === 0 ? "" : ` (${all.join("; ")})`;
}

function told({ banners }: LoginSeen): string {
  const text = tame(banners.join(" ").replaceAll(/\s+/g, " ").trim()).slice(0, 300);
  return text === "" ? "" : ` It said: ${JSON.stringify(text)}.`;
}
