import type { DesiredServer } from "../desired";
import type { SeenServer } from "../seen";
import type { Finding } from "../step";

/**
 * Where a server keeps its data elsewhere than usual, the own folders of its processes are not those that this package knows: nothing is
 * placed into the known ones, since nobody would read it, and connectors in the others are pointed out, since they may shadow listed ones.
 */
export function checkProcesses(desired: DesiredServer, seen: SeenServer): { readonly refusals: Finding[]; readonly warnings: Finding[] } {
  const refusals: Finding[] = [];
  const warnings: Finding[] = [];
  if (desired.connectors.length === 0) return { refusals, warnings };
  for (const { name, processesElsewhere } of seen.nodes) {
    if (processesElsewhere === undefined) continue;
    const { folder, packages } = processesElsewhere;
    if (desired.placement === "perProcess") {
      refusals.push({
        code: "processes-elsewhere",
        node: name,
        message: `The folders of Tableau Server's processes are below ${folder}, and placement "perProcess" knows only the usual place.`,
        next: 'Set placement: "path" on the server.',
      });
    } else if (packages === "some") {
      warnings.push({
        code: "processes-elsewhere",
        node: name,
        message: `Below ${folder} lie connectors in the own folders of processes, which are not looked into: they may hide a listed one.`,
        next: `Compare ${folder}/*/Connectors with the program's list.`,
      });
    }
  }
  return { refusals, warnings };
}
