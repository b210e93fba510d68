import type { Target } from "../../activation/target";
import { isDriverName } from "../../plan/compare/wanted-files";
import type { SeenNode } from "../../plan/seen";
import { readTaco, type Taco } from "../../taco";
import { readContents } from "../read-contents";

/** A package that lies on a node. */
export interface FoundTaco {
  readonly bytes: Buffer;
  readonly taco: Taco;
}

/** Every package file on the nodes that can be read as one, by its digest. */
export async function readTacos(target: Target, nodes: readonly SeenNode[]): Promise<ReadonlyMap<string, FoundTaco>> {
  const files = target.hosts.flatMap((host) => {
    const packages = nodes.find(({ name }) => name === host.node)?.packages ?? [];
    return [{ host, packages: packages.filter(({ fileName }) => !isDriverName(fileName)) }];
  });
  const found = new Map<string, FoundTaco>();
  for (const [sha256, bytes] of await readContents(target, files)) {
    const taco = await readTaco(bytes).catch(() => null);
    if (taco !== null) found.set(sha256, { bytes, taco });
  }
  return found;
}
