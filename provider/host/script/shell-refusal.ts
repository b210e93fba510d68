import { TableauError } from "../../vocabulary/error";

type Refusal = readonly [pattern: RegExp, why: string, next: string];

// Words of sshd, PAM and login shells where a session is opened and no command is run.
const refusals: readonly Refusal[] = [
  [
    /password (?:change required|has expired|is expired)|required to change your password|must change your password/i,
    "its password must be changed first",
    "Log in by hand, change the password (or `chage -M -1 USER` for an account that logs in by key), then run it again.",
  ],
  [
    /account is currently not available|nologin/i,
    "its login shell is nologin, which lets nobody in",
    "Give the user a POSIX shell: usermod --shell /bin/sh USER.",
  ],
  [
    /sftp connections only|allows sftp|internal-sftp/i,
    "the server allows it SFTP only (ForceCommand internal-sftp)",
    "Allow commands for the user in the server's sshd_config.",
  ],
  [
    /account (?:has )?expired|account is (?:locked|disabled)/i,
    "its account has expired or is locked",
    "Have the account enabled again on the node (chage -l USER).",
  ],
  [
    /system is booting|not permitted to log in yet|going down/i,
    "the node lets nobody in for now",
    "Wait until it has booted, or remove /run/nologin there.",
  ],
  [
    /\brbash:|: restricted\b/i,
    "its login shell is a restricted one",
    "Give the user an unrestricted POSIX shell: usermod --shell /bin/sh USER.",
  ],
  [
    /cannot (?:fork|allocate memory)|resource temporarily unavailable|fork: retry|too many (?:logins|processes)/i,
    "the node has no processes or memory left for it, or a limit is reached",
    "Look at the node's load, and at the user's limits (/etc/security/limits.conf).",
  ],
];

/** The error for what was printed in place of running a script, or undefined if the words are not known. */
export function shellRefusal(
  words: string,
  seen: { readonly node: string; readonly user: string; readonly shown: string },
): TableauError | undefined {
  const found = refusals.find(([pattern]) => pattern.test(words));
  if (found === undefined) return undefined;
  const [, why, next] = found;
  return new TableauError("host-login-refused", {
    node: seen.node,
    message: `"${seen.user}" can log in, but run no script: ${why}.${seen.shown}`,
    next: next.replaceAll("USER", seen.user),
  });
}
