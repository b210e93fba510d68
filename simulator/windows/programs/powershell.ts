import type { Program } from "../cmd/shell";
import { writeLine } from "../cmd/streams";
import type { WindowsMachine } from "../machine";

/**
 * PowerShell with one script: the provider's list of the server's processes, known by the class that it asks for. What
 * PowerShell says of its own goes to standard error, in a form of its own, over ssh as well.
 */
export function powershell({ switches, processes, now }: WindowsMachine): Program {
  return ({ args, streams }) => {
    const at = args.findIndex((arg) => /^-e(nc|ncodedcommand)?$/i.test(arg));
    const script = Buffer.from(args[at + 1] ?? "", "base64").toString("utf16le");
    const { processList } = switches();
    streams.sinks.get(2)?.("#< CLIXML\r\n");
    if (at < 0 || !script.includes("Win32_Process") || processList === "blocked") {
      writeLine(streams, 2, "This script is blocked by group policy. Contact your system administrator.");
      return 1;
    }
    writeLine(streams, 1, `clock ${ticks(now())}`);
    for (const { name, pid, started, commandLine } of processes()) {
      writeLine(streams, 1, `process ${ticks(started)} ${pid} ${name} ${processList === "no-command-lines" ? "" : commandLine}`);
    }
    return 0;
  };
}

// 100 nanoseconds since the year 1, as .NET counts.
function ticks(date: Date): string {
  return String(BigInt(date.getTime()) * 10_000n + 621_355_968_000_000_000n);
}
