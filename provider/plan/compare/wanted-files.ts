import type { DesiredServer } from "../desired";
import { liveDirectories } from "../placement/placement";
import type { SeenNode, SeenPackage } from "../seen";

/** A file, or the folder of an unpacked connector, that is to be live in one place of a node. */
export interface WantedFile {
  readonly directory: string;
  readonly fileName: string;
  readonly sha256: string;
}

/** Everything that is to be live on one node: each connector in each of its folders, and each driver. */
export function wantedFiles(desired: DesiredServer, node: SeenNode): WantedFile[] {
  const directories = liveDirectories(desired, node);
  return [
    ...desired.connectors.flatMap(({ fileName, sha256 }) => directories.map((directory) => ({ directory, fileName, sha256 }))),
    ...desired.drivers.map(({ fileName, sha256 }) => ({ directory: desired.driversDirectory, fileName, sha256 })),
  ];
}

/** What lies in a wanted place; undefined: nothing. */
export function findLive(node: SeenNode, { directory, fileName }: Pick<WantedFile, "directory" | "fileName">): SeenPackage | undefined {
  return node.packages.find((found) => found.directory === directory && found.fileName === fileName);
}

/** Whether a package lies in the place of a wanted one. */
export function isListed(desired: DesiredServer, node: SeenNode, found: SeenPackage): boolean {
  return wantedFiles(desired, node).some(({ directory, fileName }) => found.directory === directory && found.fileName === fileName);
}

/** Whether a name may be that of an unpacked connector's folder: packages, drivers and archives have endings. */
export function isFolderName(fileName: string): boolean {
  return !/\.(?:taco|jar|zip)$/.test(fileName);
}

/** Whether a name is that of a driver file, which is no connector wherever it lies. */
export function isDriverName(fileName: string): boolean {
  return fileName.endsWith(".jar");
}
