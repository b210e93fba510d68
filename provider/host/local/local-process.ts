import { spawn } from "node:child_process";
import { TableauError } from "../../vocabulary/error";
import { childProcess } from "./child-process";
import type { RunningProcess } from "../script/running-process";

// The engine's environment holds passphrases and cloud tokens; a script sees no more of it than a login would give it.
// TABLEAU_SERVER_DATA_DIR_VERSION is how tsm is found, and a login profile sets it too.
const passedOn = ["PATH", "HOME", "USER", "LOGNAME", "LANG", "TZ", "TABLEAU_SERVER_DATA_DIR_VERSION"];

/** Starts a command string on this machine, as sshd would: with a shell, from no particular folder. */
export function startLocalProcess(command: string, node: string): Promise<RunningProcess> {
  const child = spawn("sh", ["-c", command], { cwd: "/", env: minimalEnvironment(), stdio: ["pipe", "pipe", "pipe"], windowsHide: true });
  return childProcess(child, (cause) => noShell(node, cause));
}

function minimalEnvironment(): Record<string, string> {
  return Object.fromEntries(passedOn.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
}

function noShell(node: string, cause: Error): TableauError {
  return new TableauError("host-unreachable", {
    node,
    message: `No shell can be started on this machine: ${cause.message}.`,
    next: "A node without a connection is this machine, which must have sh on the PATH.",
    cause,
  });
}
