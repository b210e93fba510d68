/** The trust stores (`cacerts`) of a node: one for each release of Tableau Server that lies there. */
export interface SeenTrust {
  readonly stores: readonly SeenStore[];
  /** Folders with temporary files of an interrupted run. */
  readonly leftovers: readonly string[];
  /** Where a JRE was looked for, if there is none. */
  readonly lookedFor?: string;
}

export interface SeenStore {
  /** Folder among the server's packages whose JRE it belongs to, such as `repository.20243.24.1112.1327`. */
  readonly repository: string;
  /** `runs`: of the release in use. `idle`: of an earlier one, or of one that is not in use yet. */
  readonly use: "runs" | "idle";
  /** Of `cacerts` on the node. */
  readonly path: string;
  /** Of its bytes; null: it cannot be read. */
  readonly sha256: string | null;
  /** In seconds by the node's own clock; as of a package (see seen.ts). */
  readonly changedAt: number;
  readonly changedAtMeans?: "writing";
  /** null: it cannot be read. */
  readonly entries: readonly TrustEntry[] | null;
  /** Why not, as a clause. */
  readonly why?: string;
}

/** One entry of a trust store. */
export interface TrustEntry {
  readonly alias: string;
  /** `certificate`: one that is trusted. `other`: a private key, or what belongs to one. */
  readonly is: "certificate" | "other";
  /** Digest of the certificate, else of the whole entry. */
  readonly sha256: string;
}
