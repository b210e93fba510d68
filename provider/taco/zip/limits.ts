/** Bounds that hold before any data is read; real connectors are some tens of kB (at most 3 MB a file by Tableau's documentation). */
export const zipLimits = {
  entries: 10_000,
  directoryBytes: 16 * 1024 * 1024,
  entryBytes: 1024 * 1024 * 1024,
  totalBytes: 2 * 1024 * 1024 * 1024,
  /** Unpacked bytes for one packed byte, for entries above {@link ratioFrom}. Text reaches 20, a bomb 1,000. */
  ratio: 200,
  ratioFrom: 4 * 1024 * 1024,
  /** Unpacked for one packed byte over the whole package, if it is larger than {@link ratioFrom}. */
  totalRatio: 200,
} as const;
