/** What a package itself says of its signature: nothing that depends on the day, the machine or a trust store. */
export interface SignatureSummary {
  /** `signed`: every file is covered by a good signature. `invalid`: there is one, and it is not valid. `unchecked`: nobody looked. */
  readonly status: "signed" | "unsigned" | "invalid" | "unchecked";
  /** Who signed it, as far as that can be read. */
  readonly signers: readonly SignerSummary[];
}

/** Who signed a package, and when. Times are ISO 8601. */
export interface SignerSummary {
  /** Name in the signer's certificate. */
  readonly subject: string;
  /** Name of the authority that issued it. */
  readonly issuer: string;
  /** First moment of its validity. */
  readonly notBefore: string;
  /** Last moment of its validity. */
  readonly notAfter: string;
  /** When the signature was timestamped, or "none". */
  readonly timestamp: string;
}
