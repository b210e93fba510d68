import { foldName, samePath } from "../../vocabulary/node-path";
import { liveDirectories, type LivePlace } from "../placement/placement";
import type { SeenNode, SeenPackage } from "../seen";

/** What lies under one name in the live places of all nodes. */
export interface NamedFile {
  readonly fileName: string;
  /** The one file that lies in each of the places of each node; null: they do not agree. */
  readonly agreed: SeenPackage | null;
  readonly copies: readonly Copy[];
}

/** A place that should have the file: what lies there, if anything. */
export interface Copy {
  readonly node: string;
  readonly directory: string;
  readonly found: SeenPackage | null;
}

/** Every file of a kind by its name, and whether all nodes have the same one, in each of their places. */
export function compareNodes(
  nodes: readonly SeenNode[],
  directoriesOf: (node: SeenNode) => readonly string[],
  isMeant: (fileName: string) => boolean,
): NamedFile[] {
  const places = nodes.flatMap((node) => directoriesOf(node).map((directory) => ({ node, directory })));
  const names = new Map<string, string>();
  for (const { node, directory } of places) {
    for (const { fileName } of filesIn(node, directory, isMeant)) {
      const key = foldName(directory, fileName);
      if (!names.has(key)) names.set(key, fileName);
    }
  }
  return [...names].map(([key, fileName]) => {
    const copies = places.map(({ node, directory }): Copy => {
      const found = filesIn(node, directory, isMeant).find((one) => foldName(directory, one.fileName) === key);
      return { node: node.name, directory, found: found ?? null };
    });
    return { fileName, copies, agreed: agreedOf(copies) };
  });
}

/** The folders of a node that connectors are live in. */
export function placesOn(place: LivePlace): (node: SeenNode) => readonly string[] {
  return (node) => liveDirectories(place, node);
}

function filesIn(node: SeenNode, directory: string, isMeant: (fileName: string) => boolean): SeenPackage[] {
  return node.packages.filter((found) => samePath(found.directory, directory) && isMeant(found.fileName));
}

function agreedOf(copies: readonly Copy[]): SeenPackage | null {
  const first = copies[0]?.found;
  if (first?.form !== "file" || first.sha256 === null) return null;
  const { sha256, fileName } = first;
  return copies.every(({ found }) => found?.form === "file" && found.sha256 === sha256 && found.fileName === fileName) ? first : null;
}
