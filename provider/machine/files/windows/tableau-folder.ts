import type { WindowsMachine } from "../../../host/windows/machine";

/** The folder of all programs of Tableau, with forward slashes. */
export function tableauFolder(machine: WindowsMachine): string {
  return `${(machine.environment("ProgramFiles") ?? "C:/Program Files").replaceAll("\\", "/")}/Tableau`;
}
