/**
 * Faults on demand. The text says what a setting means; "" is the setting where none is given.
 * A NODE is a node's name; where several settings are given they are separated by a colon.
 */
export const faultSettings = {
  "controller-down": "no setting; every tsm call says that the controller cannot be reached",
  "apply-fails-before": "once | always; the apply job fails and takes no key",
  "apply-fails-after": "once | always; the keys are taken, then the restart fails",
  "restart-fails": "once | always; every restart fails, also that of an apply: the server ends in ERROR",
  "start-state": "DEGRADED | ERROR | STOPPED | recovers:MILLISECONDS; how the server is after a start that says it succeeded",
  "odd-looks":
    "a list of fails, away, nothing, noise, half, slow=MILLISECONDS and -, with commas; so the next calls of tsm that only look are answered, - as they should be",
  "process-words": 'PROGRAM:WORDS, such as "vizqlserver:is unlicensed"; what `tsm status -v` says of it; without words it is not listed',
  "status-words": "words that `tsm status` gives as the status of a server that runs",
  "job-busy": "milliseconds (default 1500); somebody's backup job runs for so long, from now on",
  "job-outlives-timeout": "milliseconds (default 1000) that a job takes, while its client gives up after 50",
  "login-expired": "once | always; calls without a password are refused",
  "not-authorised": "no setting; the login user is not in the group tsmadmin",
  "slow-node": "NODE or NODE:MILLISECONDS (default 300); each answer of the node is that late",
  "unreachable-node": "NODE (refused) or NODE:hang (accepted, then silent)",
  "cut-upload": "NODE:BYTES; the connection is lost after so many bytes from the client, once",
  "disk-full": "NODE or NODE:BYTES (default 0 bytes are free) or NODE:BYTES:FOLDER (default: connectors and state)",
  "read-only": "NODE or NODE:FOLDER (default: the connectors folder)",
  "files-held":
    "NODE or NODE:FOLDER (default: connectors); Windows: a program holds the files that are there open, and shares reading only",
  "noisy-login": "text (default a greeting); .bashrc prints it",
  banner: "text (default a warning); shown before the login",
  "sudo-password": "no setting; sudo asks for a password",
  "sudo-commands": "a sudoers list of commands; sudo allows nothing else",
  requiretty: "no setting; sudo refuses without a terminal",
  "umask-077": "no setting; the login user's umask",
  "several-versions": "no setting; older and newer customer-bin folders lie beside the one in use",
  "tsm-not-on-path": "no setting; the profile script is missing",
  "clock-skew": "seconds; `date` on the initial node is off by so much",
} as const;

export type FaultName = keyof typeof faultSettings;

export function isFault(name: string): name is FaultName {
  return Object.hasOwn(faultSettings, name);
}
