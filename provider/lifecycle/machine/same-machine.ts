import type { MachineInputs } from "../../schema/machine";

/** Whether two descriptions lead to one machine and one user; the name is only a label. */
export function sameMachine(one: MachineInputs, other: MachineInputs): boolean {
  return one.host === other.host && one.port === other.port && one.user === other.user;
}
