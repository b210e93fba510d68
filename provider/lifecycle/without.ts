import type { Properties } from "./lifecycle";

/** Properties but for some of them: outputs that are no inputs. */
export function without(properties: Properties, names: readonly string[]): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => !names.includes(name)));
}
