import { samePath } from "../../vocabulary/node-path";
import { layoutAt } from "../placement/layout";
import { perProcessDirectories } from "../placement/load-order";
import type { LivePlace } from "../placement/placement";
import { readsByItself } from "../placement/releases";
import type { SeenNode } from "../seen";

/** Where the connectors of a server that was set up by hand are. */
export type ChosenPlace =
  | { readonly kind: "one"; readonly place: LivePlace }
  /** There are connectors in places of several kinds: nobody chooses for the person. */
  | { readonly kind: "several"; readonly directories: readonly string[] };

export interface PlaceQuestion {
  readonly release: string;
  /** Value of the path key; null: not set. */
  readonly pluginsPath: string | null;
  readonly nodes: readonly SeenNode[];
}

/** Finds the one kind of place that connectors are in, by what lies on the nodes. Without any it is the usual one. */
export function choosePlace(usual: string, { release, pluginsPath, nodes }: PlaceQuestion): ChosenPlace {
  const { connectors } = layoutAt(usual);
  const own = perProcessDirectories(usual);
  const named = pluginsPath === null || pluginsPath === "" ? null : pluginsPath;
  const used = new Set(
    nodes.flatMap(({ packages }) => packages.filter(({ fileName }) => fileName.endsWith(".taco")).map(({ directory }) => directory)),
  );
  const isUsed = (directory: string): boolean => [...used].some((one) => samePath(one, directory));
  const reads = readsByItself(release, connectors);
  const places: LivePlace[] = [
    ...(reads && isUsed(connectors) ? [{ placement: "automatic", directory: connectors } as const] : []),
    ...(named !== null && isUsed(named) && !(reads && samePath(named, connectors))
      ? [{ placement: "path", directory: named } as const]
      : []),
    ...(own.some(isUsed) ? [{ placement: "perProcess", directory: connectors } as const] : []),
  ];
  const [place = { placement: "automatic", directory: connectors }, ...others] = places;
  if (others.length === 0) return { kind: "one", place };
  const directories = [connectors, ...(named === null ? [] : [named]), ...own].filter(isUsed);
  return { kind: "several", directories: [...new Set(directories)] };
}
