import { notSurelyOurs } from "../compare/compare-files";
import type { DesiredServer } from "../desired";
import type { SeenServer } from "../seen";
import type { Finding } from "../step";

/** Says which files stay although the record names them and the program does not. */
export function checkRecorded(desired: DesiredServer, seen: SeenServer): Finding[] {
  return seen.nodes.flatMap((node) =>
    notSurelyOurs(desired, seen, node).map((found) => ({
      code: "not-surely-ours" as const,
      node: node.name,
      message: `${found.directory}/${found.fileName} stays: the record of ${desired.name} names it, but these bytes are not in the store of this node, so this package may never have put them there.`,
      next: "Remove it by hand if nobody needs it.",
    })),
  );
}
