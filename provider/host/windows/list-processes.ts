import type { CommandResult } from "./run-line";

/** Runs a line of cmd.exe. */
type RunLine = (line: string) => Promise<CommandResult>;

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
export async function listProcesses(run: RunLine, names: readonly string[]): Promise<SeenProcesses | null> {
  const { stdout, status } = await run(powershellLine(processesScript(names)));
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

/**
 * PowerShell that prints this machine's clock and the start of every process of the given names, in ticks of 100 ns of UTC:
 * `clock TICKS`, then `process TICKS PID NAME COMMANDLINE` for each.
 *
 * @see https://learn.microsoft.com/en-us/windows/win32/cimwin32prov/win32-process
 */
function processesScript(names: readonly string[]): string {
  const wanted = names.map((name) => `'${name.replaceAll("'", "''")}'`).join(",");
  return [
    "$ErrorActionPreference='Stop';$ProgressPreference='SilentlyContinue';[Console]::OutputEncoding=New-Object System.Text.UTF8Encoding $false",
    "'clock '+[DateTime]::UtcNow.Ticks",
    `Get-CimInstance Win32_Process -Property Name,ProcessId,CreationDate,CommandLine|Where-Object{@(${wanted}) -contains $_.Name -and $_.CreationDate}|` +
      `ForEach-Object{'process '+$_.CreationDate.ToUniversalTime().Ticks+' '+$_.ProcessId+' '+$_.Name+' '+($_.CommandLine -replace '\\s',' ')}`,
  ].join("\n");
}

/** A line that runs a script of PowerShell, whatever characters it has. */
function powershellLine(script: string): string {
  return `powershell -NoProfile -NonInteractive -EncodedCommand ${Buffer.from(script, "utf16le").toString("base64")}`;
}
