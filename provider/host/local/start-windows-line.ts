import { spawn } from "node:child_process";
import { TableauError } from "../../vocabulary/error";
import { childProcess } from "./child-process";
import type { RunningProcess } from "../script/running-process";

// The engine's environment holds passphrases and cloud tokens; a program sees no more of it than a login would give it.
const passedOn = [
  /^(?:OS|PATH|PATHEXT|COMSPEC|SYSTEMROOT|SYSTEMDRIVE|WINDIR|COMPUTERNAME|USERNAME|USERDOMAIN|USERPROFILE|HOMEDRIVE|HOMEPATH)$/,
  /^(?:(?:APPDATA|LOCALAPPDATA|ALLUSERSPROFILE|PROGRAMDATA|NUMBER_OF_PROCESSORS)$|PROGRAMFILES|COMMONPROGRAMFILES|PROCESSOR_)/,
  /^(?:TEMP|TMP|PSMODULEPATH|TABLEAU_SERVER_.*)$/,
];

/** Starts a line of cmd.exe on this machine, as sshd of OpenSSH for Windows would. */
export function startLocalLine(line: string, node: string): Promise<RunningProcess> {
  const { COMSPEC: shell = "cmd.exe" } = process.env;
  // /s takes off the quotes around the line and no others; /d leaves the user's AutoRun out.
  const child = spawn(shell, ["/d", "/s", "/c", `"${line}"`], {
    env: environment(),
    stdio: ["pipe", "pipe", "pipe"],
    windowsHide: true,
    windowsVerbatimArguments: true,
  });
  return childProcess(child, (cause) => noShell(node, cause));
}

function environment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value !== undefined && passedOn.some((pattern) => pattern.test(name.toUpperCase())) ? [[name, value]] : [],
    ),
  );
}

function noShell(node: string, cause: Error): TableauError {
  return new TableauError("host-unreachable", {
    node,
    message: `cmd.exe cannot be started on this machine: ${cause.message}.`,
    next: "See whether the environment variable ComSpec names it, then run it again.",
    cause,
  });
}
