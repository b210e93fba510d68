import type { MachineQuestion } from "../../machine/observe";
import type { DesktopInputs } from "../../schema/desktop-connector";
import { productOf } from "./machine-audience";

export const commandTimeoutSeconds = 600;

/** What is asked of a machine on behalf of a resource. */
export function toMachineQuestion({ machine, fileName, sha256 }: DesktopInputs): MachineQuestion {
  return {
    product: productOf(machine),
    repository: machine.repository ?? null,
    fileName,
    sha256,
    timeoutSeconds: commandTimeoutSeconds,
  };
}
