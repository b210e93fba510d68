import type { PackageIdentity } from "../../plan/seen";

/** Reads what a package says of itself; null where it cannot be read. Given by the caller: packages are read elsewhere. */
export interface Identify {
  file(bytes: Buffer): Promise<PackageIdentity | null>;
  manifest(xml: string): PackageIdentity | null;
}
