import { openBytes } from "./byte-source";
import type { PackageSource } from "./byte-source";
import { readZip } from "./read-zip";
import type { Zip } from "./read-zip";

/**
 * Opens a package; the caller closes `zip.source`.
 *
 * @throws ZipError as {@link readZip} does, or the error of the file system.
 */
export async function openZip(from: PackageSource): Promise<Zip> {
  const source = await openBytes(from);
  try {
    return await readZip(source);
  } catch (error) {
    await source.close();
    throw error;
  }
}
