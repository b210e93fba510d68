import type { DesiredOnMachine } from "../../machine/plan/plan-desktop";
import { stackOf } from "../stack-of";
import type { DesktopInputs } from "../../schema/desktop-connector";
import { productOf } from "./machine-audience";

/** What a resource wants of its machine; `token` null: it is new. */
export function toDesiredOnMachine(properties: DesktopInputs, token: string | null): DesiredOnMachine {
  const { machine, fileName, sha256, pluginClass, pluginVersion, minVersionTableau } = properties;
  return {
    product: productOf(machine),
    release: machine.version ?? null,
    fileName,
    sha256,
    pluginClass,
    pluginVersion,
    minVersionTableau,
    stack: stackOf(properties.__urn),
    token,
    overwriteUnmanaged: properties.overwriteUnmanaged ?? false,
  };
}
