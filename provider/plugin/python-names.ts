import type { CheckFailure } from "../lifecycle/lifecycle";
import { isUnknown } from "../schema/unknown";
import { isObject } from "../vocabulary/is-object";

/**
 * Names of a server that the SDK for Python has passed on as Python writes them. It translates those of a `TableauServerArgs`, and none of a
 * dictionary where a text is allowed as well. No name of ours has an underscore.
 */
export function pythonNames(server: unknown, at = "server"): CheckFailure[] {
  if (isUnknown(server)) return [];
  if (Array.isArray(server)) return server.flatMap((one, i) => pythonNames(one, `${at}[${String(i)}]`));
  if (!isObject(server)) return [];
  return Object.entries(server).flatMap(([name, value]) => {
    const property = `${at}.${name}`;
    const ours = name.replace(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase());
    if (ours === name) return pythonNames(value, property);
    return [
      {
        property,
        reason: `expected ${ours}, got ${name}; in Python, make the server with tableau.TableauServerArgs(...), not as a dictionary`,
      },
    ];
  });
}
