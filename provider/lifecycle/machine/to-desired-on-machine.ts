import type { DesiredOnMachine } from "../../machine/plan/plan-desktop";
import { stackOf } from "../stack-of";
import type { DesktopProperties } from "./desktop-inputs";
import { productOf } from "./machine-audience";

/** What a resource wants of its machine; `token` null: it is new. */
export function toDesiredOnMachine(properties: DesktopProperties, token: string | null): DesiredOnMachine {
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
