import type { VerifyPackage } from "../connectors/load-folders";

export type DesktopPlatform = "windows" | "macos" | "linux";
export type DesktopProduct = "desktop" | "prep" | "bridge";

export interface DesktopOptions {
  /** The folder where everything lives. */
  readonly directory: string;
  readonly platform: DesktopPlatform;
  /** Default: "desktop"; on Linux "bridge". */
  readonly product?: DesktopProduct;
  /** Release of the product. Default "2024.2". */
  readonly version?: string;
  /** Name of the machine. Default "anna". */
  readonly name?: string;
  /** Where Documents really is. Default: in the user's home. On Windows any folder, as OneDrive has it. */
  readonly documents?: string;
  /** Name of the repository in Documents, which is then there from the start. Default: the product's own, made by whoever comes first. */
  readonly repository?: string;
  /** Windows: how the running program has its packages open. Default: "closed". */
  readonly openPackages?: "closed" | "locked";
  /** The trust store of the product. Default: one that holds the authority that `makeTaco` signs by. */
  readonly cacerts?: Buffer;
  /** Judges a package that has signature files. Default: it is taken as good. */
  readonly verifyPackage?: VerifyPackage;
}
