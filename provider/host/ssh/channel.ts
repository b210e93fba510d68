import type { ClientChannel } from "ssh2";
import type { Loss } from "./loss";
import type { ProcessEnd, RunningProcess } from "../script/running-process";

/** An exec channel as a running process. `loss` tells when the connection is lost. */
export function channelProcess(channel: ClientChannel, loss: Loss): RunningProcess {
  let stopped: () => void = () => undefined;
  let forget: () => void = () => undefined;
  const ended = new Promise<ProcessEnd>((resolve) => {
    stopped = () => resolve({ kind: "lost", reason: "it was given up" });
    // After the turn in which the last bytes are handed on; a lost connection closes its channels too, and tells why.
    channel.once("close", (status?: number | null, signal?: string) => void setImmediate(() => resolve(channelEnd(status, signal))));
    forget = loss.subscribe((reason) => resolve({ kind: "lost", reason }));
  });
  void ended.then(forget);
  channel.on("error", () => undefined);
  const stop = (): void => {
    channel.close();
    channel.resume();
    stopped();
  };
  return { stdin: channel, stdout: channel, stderr: channel.stderr, ended, stop };
}

function channelEnd(status: number | null | undefined, signal: string | undefined): ProcessEnd {
  if (typeof status === "number") return { kind: "exited", status };
  return signal === undefined ? { kind: "lost", reason: "the server closed the session" } : { kind: "killed", signal };
}
