/** What is wrong with a zip that can be read: two readers could see two different packages in it. */
export type ZipProblemCode =
  | "zip-prefix"
  | "zip-gap"
  | "zip-overlap"
  | "zip-suffix"
  | "zip-comment"
  | "zip-count"
  | "zip64-contradiction"
  | "zip-local-header"
  | "zip-size"
  | "zip-crc"
  | "zip-duplicate-name"
  | "zip-unsafe-name"
  | "zip-symlink"
  | "zip-attributes"
  | "zip-header"
  | "zip-descriptor"
  | "zip-extra-field"
  | "zip-name-encoding"
  | "zip-readers-disagree";

export interface ZipProblem {
  readonly code: ZipProblemCode;
  /** Name of the entry it is about, if it is about one. */
  readonly entry?: string;
  /** One sentence: what was expected and what was found. */
  readonly message: string;
}

/** The end of central directory record, and what the zip64 record says where it counts. */
export interface EndRecord {
  /** Where the record starts that ends the central directory: the end record, or the zip64 one. */
  readonly position: number;
  readonly entryCount: number;
  readonly directorySize: number;
  readonly directoryOffset: number;
  readonly problems: readonly ZipProblem[];
}

/** One header of the central directory. */
export interface CentralEntry {
  readonly name: string;
  readonly rawName: Buffer;
  readonly flags: number;
  readonly method: 0 | 8;
  readonly crc: number;
  readonly compressedSize: number;
  readonly size: number;
  /** Position of the local header in the file, a prefix included. */
  readonly localOffset: number;
  readonly versionMadeBy: number;
  readonly versionNeeded: number;
  /** The bytes of its extra fields. */
  readonly extra: Buffer;
  readonly commentLength: number;
  readonly externalAttributes: number;
  readonly startDisk: number;
  /** A zip64 field that holds more or less than the header needs: JDK 25 refuses that, older ones do not. */
  readonly zip64: "fitting" | "needless";
}

export interface ZipDirectory {
  readonly end: EndRecord;
  /** Position of the central directory in the file. */
  readonly position: number;
  readonly entries: readonly CentralEntry[];
}
