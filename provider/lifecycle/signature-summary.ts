/** What a package itself says of its signature: nothing that depends on the day, the machine or a trust store. */
export interface SignatureSummary {
  /** `unchecked`: nobody looked. */
  readonly status: "unchecked";
}
