import type { OnMachineOutputs } from "../machine/desktop-inputs";
import type { CredentialInputs, ServerInputs } from "../inputs/server-inputs";
import type { Properties } from "../lifecycle";

/** Properties of a TableauDriver for a server after check: its arguments and what check computed of them. */
export interface DriverProperties {
  readonly server: ServerInputs;
  readonly credentials?: CredentialInputs;
  readonly source: string;
  readonly sha256: string;
  readonly fileName: string;
  readonly delivered: Readonly<Record<string, string>>;
  readonly __urn: string;
}

/** Whether a driver is, or is to be, on one machine instead of a server's nodes. */
export function isOnMachine(properties: Properties): boolean {
  return properties["machine"] !== undefined && properties["machine"] !== null;
}

/** What the resource left on a machine; null: nothing, it was not there, or on a server. */
export function leftOnMachine(olds: Properties | null): OnMachineOutputs | null {
  return olds !== null && isOnMachine(olds) ? (olds as unknown as OnMachineOutputs) : null;
}
