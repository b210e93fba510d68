import { spawn } from "node:child_process";
import { TableauError } from "../error";
import type { ProcessEnd, RunningProcess } from "./running-process";

// The engine's environment holds passphrases and cloud tokens; a script sees no more of it than a login would give it.
// TABLEAU_SERVER_DATA_DIR_VERSION is how tsm is found, and a login profile sets it too.
const passedOn = ["PATH", "HOME", "USER", "LOGNAME", "LANG", "TZ", "TABLEAU_SERVER_DATA_DIR_VERSION"];

/** Starts a command string on this machine, as sshd would: with a shell, from no particular folder. */
export function startLocalProcess(command: string, node: string): Promise<RunningProcess> {
  return new Promise((resolve, reject) => {
    const child = spawn("sh", ["-c", command], { cwd: "/", env: minimalEnvironment(), stdio: ["pipe", "pipe", "pipe"], windowsHide: true });
    const ended = new Promise<ProcessEnd>((end) =>
      child.on("close", (status, signal) => end(signal === null ? { kind: "exited", status: status ?? 0 } : { kind: "killed", signal })),
    );
    const stop = (): void => {
      child.kill("SIGTERM");
      for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
    };
    child.stdin.on("error", () => undefined);
    child.once("spawn", () => resolve({ stdin: child.stdin, stdout: child.stdout, stderr: child.stderr, ended, stop }));
    child.once("error", (cause) => reject(noShell(node, cause)));
  });
}

function minimalEnvironment(): Record<string, string> {
  return Object.fromEntries(passedOn.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
}

function noShell(node: string, cause: Error): TableauError {
  return new TableauError("host-unreachable", {
    node,
    message: `No shell can be started on this machine: ${cause.message}.`,
    next: "A node without a connection is this machine, which must be a Linux or Unix system with sh on the PATH.",
    cause,
  });
}
