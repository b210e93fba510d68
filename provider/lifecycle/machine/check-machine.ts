import { whyNotOn } from "../../machine/plan/products";
import { defaultsOf, type Draft } from "../../schema/field";
import type { Failures } from "../../schema/failures";
import { machineInputs, type MachineInputs } from "../../schema/machine";
import { isUnknown } from "../../schema/unknown";
import type { Properties } from "../lifecycle";
import { checkLogin } from "../server/check-server";

const defaults = defaultsOf(machineInputs);

/** Looks at what the arguments of a machine mean together; what is unknown in a preview is passed over. */
export function checkMachine(
  machine: Draft<MachineInputs> | undefined,
  { machine: given, credentials }: Properties,
  failures: Failures,
): void {
  const { nodes } = (credentials ?? {}) as { readonly nodes?: unknown };
  checkLogin(given, nodes, "machine.connection", failures);
  if (machine === undefined || isUnknown(machine) || failures.has("machine.product")) return;
  const { product, platform } = { ...defaults, ...machine };
  if (platform === undefined || isUnknown(platform) || isUnknown(product)) return;
  const reason = whyNotOn(product, platform);
  if (reason !== null) failures.add("machine.platform", reason);
}
