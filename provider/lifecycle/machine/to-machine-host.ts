import type { Host } from "../../host/host";
import type { MachineInputs } from "../../schema/machine";
import type { CredentialInputs } from "../../schema/server";
import { connectionOf } from "../server/to-target";
import type { Services } from "../services";

/** The machine as a host: work is done as the login user, whose folders they are. Its system shows when it is reached. */
export function toMachineHost(
  services: Services,
  { machine, credentials = {} }: { readonly machine: MachineInputs; readonly credentials?: CredentialInputs },
): Host {
  const connection = connectionOf(machine, credentials);
  return services.pool.host({ name: machine.name, privilege: "none", ...(connection === null ? {} : { connection }) });
}
