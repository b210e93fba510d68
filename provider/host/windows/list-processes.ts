import type { WindowsMachine } from "./machine";
import { powershellLine, processesScript } from "./processes-script";

export interface SeenProcess {
  readonly name: string;
  readonly pid: number;
  /** Microseconds since 1970. Unlike the time of the last boot it stays the same when the clock is set. */
  readonly startedAt: number;
  readonly commandLine: string;
}

export interface SeenProcesses {
  /** Seconds since 1970 by the machine's clock. */
  readonly clock: number;
  readonly processes: readonly SeenProcess[];
}

/** The running processes of the given names; null: PowerShell is missing, forbidden or fails. */
export async function listProcesses(machine: WindowsMachine, names: readonly string[]): Promise<SeenProcesses | null> {
  const { stdout, status } = await machine.run(powershellLine(processesScript(names)));
  const clock = /^clock (\d{1,20})\s*$/m.exec(stdout)?.[1];
  if (status !== 0 || clock === undefined) return null;
  const processes = stdout.split("\n").flatMap((line): SeenProcess[] => {
    const [, ticks, pid, name, commandLine = ""] = /^process (\d{1,20}) (\d{1,10}) (\S+)(?: (.*))?$/.exec(line.trimEnd()) ?? [];
    return ticks === undefined || name === undefined ? [] : [{ name, pid: Number(pid), startedAt: microseconds(ticks), commandLine }];
  });
  return { clock: microseconds(clock) / 1e6, processes };
}

// .NET counts 100 ns since the year 1: https://learn.microsoft.com/en-us/dotnet/api/system.datetime.ticks
function microseconds(ticks: string): number {
  return Number((BigInt(ticks) - 621_355_968_000_000_000n) / 10n);
}
