import type { Host } from "../../host/host";
import type { CredentialInputs } from "../inputs/server-inputs";
import { connectionOf } from "../inputs/to-target";
import type { Properties } from "../lifecycle";
import type { Services } from "../services";
import type { MachineInputs } from "./desktop-inputs";

/** The machine as a host: work is done as the login user, whose folders they are. Its system shows when it is reached. */
export function toMachineHost(services: Services, properties: Properties): Host {
  const machine = properties["machine"] as MachineInputs;
  const connection = connectionOf(machine, (properties["credentials"] as CredentialInputs | undefined) ?? {});
  return services.pool.host({ name: machine.name, privilege: "none", ...(connection === null ? {} : { connection }) });
}
