import type { PackageIdentity } from "../../plan/seen";
import type { PlatformName } from "./products";

/** What every look at a machine of a person, or of Tableau Bridge, tells of the folder that a file belongs into. */
export interface SeenPlace {
  readonly platform: PlatformName;
  readonly folder: string;
  /** The note beside our file; null: there is none. */
  readonly note: OwnerNote | null;
  /** Whether the program runs, so that it has not read what was placed since. */
  readonly running: boolean;
}

/** The folder of connectors. */
export interface SeenMachine extends SeenPlace {
  /** Other folders that could be meant, such as the one of a beta. */
  readonly otherRepositories: readonly string[];
  /** Releases of the product that are installed, the newest first; none: that could not be seen. */
  readonly releases: readonly string[];
  /** Packages in the folder and in the shared one. */
  readonly packages: readonly SeenMachinePackage[];
}

/** The folder of drivers. */
export interface SeenDrivers extends SeenPlace {
  /** What bears our file's name; null: there is nothing. */
  readonly file: SeenMachineFile | null;
}

export interface SeenMachineFile {
  readonly folder: string;
  readonly fileName: string;
  readonly form: "file" | "folder";
  /** null: its bytes cannot be read, or it is a folder. */
  readonly sha256: string | null;
}

export interface SeenMachinePackage extends SeenMachineFile {
  /** What it says of itself; null: it says nothing that could be read. */
  readonly identity: PackageIdentity | null;
}

/** Says who put a file there: by that a renamed resource, whose old one is deleted last, loses no file. */
export interface OwnerNote {
  readonly token: string;
  /** "project/stack". */
  readonly stack: string;
}
