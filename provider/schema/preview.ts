import type { Field, Fields } from "./field";
import type { Properties } from "./read";
import { hasUnknown, isUnknown } from "./unknown";

/** Names of the properties without which a preview cannot tell what will be done. */
export function neededNames(fields: Fields): string[] {
  return Object.keys(fields).filter((name) => fields[name]?.preview === "needed");
}

/** Whether something is not known yet without which a preview cannot tell what will be done. */
export function isOpen(fields: Fields, properties: Properties, what: "new" | "change"): boolean {
  return Object.entries(fields).some(([name, one]) => isNeeded(one, what) && isOpenPart(one, properties[name], what));
}

function isNeeded({ preview }: Field, what: "new" | "change"): boolean {
  return preview === "needed" || (preview === "needed for a change" && what === "change");
}

// Of a server the names count, and not how its nodes are reached.
function isOpenPart({ kind }: Field, value: unknown, what: "new" | "change"): boolean {
  const isPartly = kind.is === "object" && Object.values(kind.fields).some(({ preview }) => preview !== undefined);
  if (!isPartly || typeof value !== "object" || value === null) return isPartly ? isUnknown(value) : hasUnknown(value);
  return isOpen(kind.fields, value as Properties, what);
}
