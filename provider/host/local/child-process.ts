import type { ChildProcessWithoutNullStreams } from "node:child_process";
import type { TableauError } from "../../vocabulary/error";
import type { ProcessEnd, RunningProcess } from "../script/running-process";

/** A child process of this one as a running process, as soon as it has started. */
export function childProcess(child: ChildProcessWithoutNullStreams, notStarted: (cause: Error) => TableauError): Promise<RunningProcess> {
  return new Promise((resolve, reject) => {
    const ended = new Promise<ProcessEnd>((end) =>
      child.on("close", (status, signal) => end(signal === null ? { kind: "exited", status: status ?? 0 } : { kind: "killed", signal })),
    );
    const stop = (): void => {
      // Nothing stronger follows: a shell that waits for tsm takes this one when tsm has ended, and then removes its files with secrets.
      child.kill("SIGTERM");
      for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
    };
    child.stdin.on("error", () => undefined);
    child.once("spawn", () => resolve({ stdin: child.stdin, stdout: child.stdout, stderr: child.stderr, ended, stop }));
    child.once("error", (cause) => reject(notStarted(cause)));
  });
}
