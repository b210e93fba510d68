/**
 * PowerShell that prints this machine's clock and the start of every process of the given names, in ticks of 100 ns of UTC:
 * `clock TICKS`, then `process TICKS PID NAME COMMANDLINE` for each.
 *
 * @see https://learn.microsoft.com/en-us/windows/win32/cimwin32prov/win32-process
 */
export function processesScript(names: readonly string[]): string {
  const wanted = names.map((name) => `'${name.replaceAll("'", "''")}'`).join(",");
  return [
    "$ErrorActionPreference='Stop';$ProgressPreference='SilentlyContinue';[Console]::OutputEncoding=New-Object System.Text.UTF8Encoding $false",
    "'clock '+[DateTime]::UtcNow.Ticks",
    `Get-CimInstance Win32_Process -Property Name,ProcessId,CreationDate,CommandLine|Where-Object{@(${wanted}) -contains $_.Name -and $_.CreationDate}|` +
      `ForEach-Object{'process '+$_.CreationDate.ToUniversalTime().Ticks+' '+$_.ProcessId+' '+$_.Name+' '+($_.CommandLine -replace '\\s',' ')}`,
  ].join("\n");
}

/** A line that runs a script of PowerShell, whatever characters it has. */
export function powershellLine(script: string): string {
  return `powershell -NoProfile -NonInteractive -EncodedCommand ${Buffer.from(script, "utf16le").toString("base64")}`;
}
