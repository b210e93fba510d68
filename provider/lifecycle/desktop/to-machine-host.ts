import type { Host } from "../../host/host";
import { toHosts } from "../inputs/to-target";
import type { Properties } from "../lifecycle";
import type { Services } from "../services";
import type { MachineInputs } from "./desktop-inputs";

/** The machine as a host: work is done as the login user, whose folders they are. */
export function toMachineHost(services: Services, { machine, credentials }: Properties): Host {
  const server = { name: (machine as MachineInputs).name, nodes: [machine], privilege: "none" };
  const [host] = toHosts(services.pool, { server, credentials });
  if (host === undefined) throw new RangeError("a server of one node has one host");
  return host;
}
