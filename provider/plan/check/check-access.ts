import type { DesiredServer } from "../desired";
import { wantedFiles } from "../compare/wanted-files";
import type { SeenDirectory, SeenNode, SeenServer } from "../seen";
import type { Finding } from "../step";

/**
 * Refuses to place files where others could exchange what root does, and where an access list keeps Tableau out; other folders of that
 * kind are only warned about, since nobody looks into them.
 */
export function checkAccess(desired: DesiredServer, seen: SeenServer): { readonly refusals: Finding[]; readonly warnings: Finding[] } {
  const refusals: Finding[] = [];
  const warnings: Finding[] = [];
  for (const node of seen.nodes) {
    const wanted = new Set(wantedFiles(desired, node).map(({ directory }) => directory));
    for (const directory of node.directories) {
      const isWanted = wanted.has(directory.path);
      if (directory.unsafe !== undefined) {
        (isWanted ? refusals : warnings).push(unsafe(node, directory, directory.unsafe, isWanted ? "worked in" : "looked into"));
      }
      if (isWanted && directory.accessList && !directory.traversable) refusals.push(closed(node, directory));
    }
  }
  return { refusals, warnings };
}

function unsafe(
  node: SeenNode,
  { path }: SeenDirectory,
  { folder, owner, mode }: NonNullable<SeenDirectory["unsafe"]>,
  what: string,
): Finding {
  const whose = owner === "" ? "cannot be told to be safe" : `belongs to ${owner} and has mode ${mode}`;
  return {
    code: "directory-unsafe",
    node: node.name,
    message: `${path} is not ${what}: ${folder === path ? "it" : folder} ${whose}, so somebody else could exchange what lies there.`,
    next: `Take the right to write in ${folder} from group and others: chmod go-w ${folder}.`,
  };
}

function closed(node: SeenNode, { path }: SeenDirectory): Finding {
  return {
    code: "directory-closed",
    node: node.name,
    message: `Tableau cannot read ${path}, which has an access list; that is left as it is.`,
    next: `Let Tableau's user in: setfacl -m u:tableau:rx ${path}.`,
  };
}
