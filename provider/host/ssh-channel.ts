import type { ClientChannel } from "ssh2";
import type { ProcessEnd, RunningProcess } from "./running-process";

/** An exec channel as a running process. `lost` resolves with the reason when the connection is lost. */
export function channelProcess(channel: ClientChannel, lost: Promise<string>): RunningProcess {
  let stopped: () => void = () => undefined;
  const ended = new Promise<ProcessEnd>((resolve) => {
    stopped = () => resolve({ kind: "lost", reason: "it was given up" });
    // After the turn in which the last bytes are handed on; a lost connection closes its channels too, and tells why.
    channel.once("close", (status?: number | null, signal?: string) => void setImmediate(() => resolve(channelEnd(status, signal))));
    void lost.then((reason) => resolve({ kind: "lost", reason }));
  });
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
