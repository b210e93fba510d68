/** A file in a package. */
export interface TacoEntry {
  /** Its path in the package. */
  readonly name: string;
  /** Bytes, unpacked. */
  readonly size: number;
}

/** What a package says about itself. */
export interface Taco {
  /** Of the whole file, hexadecimal. */
  readonly sha256: string;
  /** Bytes of the whole file. */
  readonly size: number;
  /** A web data connector (WDC 3.0) or a connector over ODBC or JDBC. */
  readonly kind: "connector" | "web-data-connector";
  /** The `class` of its manifest: Tableau registers one connector for each. */
  readonly pluginClass: string;
  /** Such as `odbc` or `jdbc`; empty for a web data connector without one. */
  readonly superclass: string;
  /** The `plugin-version` of its manifest. */
  readonly pluginVersion: string;
  /** Oldest Tableau release that loads it, such as `2020.3`. */
  readonly minVersionTableau?: string;
  /** Company of its vendor information. */
  readonly vendor?: string;
  /** As people see it in Tableau's list; may be a reference such as `@string/name/`. */
  readonly name?: string;
  /** Whether the manifest has vendor information, which Tableau demands from 2020.1 on. */
  readonly hasVendorInformation: boolean;
  /** Whether it holds a signature at all; says nothing of its worth. */
  readonly signed: boolean;
  /** Its files. */
  readonly entries: readonly TacoEntry[];
}
