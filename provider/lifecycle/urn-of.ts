import type { Properties } from "./lifecycle";

/** The URN that the resource gave itself as a hidden input; empty where an older program gave none. */
export function urnOf(properties: Properties): string {
  const urn = properties["__urn"];
  return typeof urn === "string" ? urn : "";
}
