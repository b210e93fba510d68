import { TableauError } from "../../vocabulary/error";

const refusals: readonly (readonly [pattern: RegExp, why: string, mend: "rights" | "tty" | "install"])[] = [
  [
    /(?:a password|a terminal|interactive authentication) is required/,
    "sudo asks for a password (no rights, a password needed, or a command that is not in the list)",
    "rights",
  ],
  [/is not in the sudoers file/, "the user is not in the sudoers file", "rights"],
  [/is not allowed to (?:execute|run)/, "the sudoers file does not allow the command", "rights"],
  [/may not run sudo|afraid I can.t do that/, "the user may not run sudo", "rights"],
  [/you must have a tty/, "sudo wants a terminal (requiretty)", "tty"],
  [/account validation failure|account is expired|PAM account management error/i, "sudo finds the account not valid", "rights"],
  [/sudo: (?:command )?not found|[‘'`]?sudo['’]?: No such file|env: can't execute 'sudo'/, "there is no sudo", "install"],
  [
    /effective uid is not 0|must be owned by uid 0 and have the setuid bit set|no new privileges/,
    "sudo cannot become root there",
    "install",
  ],
];

/** The error for what sudo printed instead of running a script, or undefined if this is no refusal of sudo. */
export function privilegeRefusal(errorText: string, where: { readonly node: string; readonly user: string }): TableauError | undefined {
  const refusal = refusals.find(([pattern]) => pattern.test(errorText));
  if (refusal === undefined) return undefined;
  const [, why, mend] = refusal;
  return new TableauError("host-privilege-refused", {
    node: where.node,
    message: `The user "${where.user}" cannot run scripts as root: ${why}.`,
    next: nextStep(mend, where.user),
  });
}

// What is really run is `sudo -n -- sh -c SCRIPT`, so the list must name the shell:
// https://www.sudo.ws/docs/man/sudoers.man/
function nextStep(mend: "rights" | "tty" | "install", user: string): string {
  if (mend === "tty") return `Add the line "Defaults:${user} !requiretty" to the sudoers file with visudo.`;
  if (mend === "install") return `Install sudo there, log in as root, or set privilege to "none" and give the user the two directories.`;
  return (
    `What is run is "sudo -n -- sh -c SCRIPT": add the line "${user} ALL=(root) NOPASSWD: /bin/sh, /usr/bin/sh" to the sudoers file with visudo ` +
    `(and "Defaults:${user} !requiretty" where requiretty is set), or set privilege to "none" and give the user the two directories.`
  );
}
