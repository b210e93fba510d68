/** A package as it lies on one node, and what it says of itself. */
export interface PlacedPackage {
  readonly directory: string;
  readonly fileName: string;
  /** A `.taco` file, or the folder of an unpacked connector. */
  readonly form: "file" | "folder";
  /** null: it could not be read. */
  readonly sha256: string | null;
  /** Whether Tableau's run-as user can read it. */
  readonly readable: boolean;
  readonly pluginClass: string;
  readonly pluginVersion: string;
  /** Absent: every release loads it. */
  readonly minVersionTableau?: string;
  /** A web data connector needs none. */
  readonly vendorInformation: "present" | "missing" | "not needed";
}
