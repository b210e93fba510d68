import type { MachineQuestion } from "../../machine/observe";
import type { DesktopProperties } from "./desktop-inputs";
import { productOf } from "./machine-audience";

export const commandTimeoutSeconds = 600;

/** What is asked of a machine on behalf of a resource. */
export function toMachineQuestion({ machine, fileName, sha256 }: DesktopProperties): MachineQuestion {
  return {
    product: productOf(machine),
    repository: machine.repository ?? null,
    fileName,
    sha256,
    timeoutSeconds: commandTimeoutSeconds,
  };
}
