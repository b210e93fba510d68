import type { WindowsTask } from "../../host/windows/task";
import { wallClock } from "../../vocabulary/wall-clock";

const names = ["vizqlserver", "backgrounder", "dataserver", "vizportal", "tabprotosrv", "flowprocessor", "flowqueryservice", "flowminerva"];
const ofTableau = /[\\/]tabsvc[\\/](?:vizqlserver|backgrounder|dataserver|vizportal|flow)/i;

/**
 * Tells the node's clock and the processes that load connectors. Where PowerShell does not answer none are seen, and this
 * machine's clock stands in for the node's.
 */
export async function emitProcesses({ machine, emit }: WindowsTask): Promise<void> {
  const seen = await machine.processes([...names, "java"].map((name) => `${name}.exe`));
  emit("clock", (seen?.clock ?? wallClock().getTime() / 1000).toFixed(3), "");
  for (const { name, startedAt, commandLine } of seen?.processes ?? []) {
    const program = name.replace(/\.exe$/i, "").toLowerCase();
    if (program === "java" && !ofTableau.test(commandLine)) continue;
    emit("process", program, (startedAt / 1e6).toFixed(3), String(startedAt));
  }
}
