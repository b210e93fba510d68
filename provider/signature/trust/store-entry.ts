/** One entry of a trust store. */
export interface StoreEntry {
  /** As the store has it: `keytool` writes it in lower case. */
  readonly alias: string;
  /** `certificate`: one that is trusted. `other`: a private key, or what belongs to one. */
  readonly is: "certificate" | "other";
  /** Digest of the certificate, else of the whole entry; in hex. */
  readonly sha256: string;
}
