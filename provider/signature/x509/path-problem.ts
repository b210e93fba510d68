export type PathProblemCode =
  | "no-anchor"
  | "anchor-unfit"
  | "blocked"
  | "expired"
  | "not-yet-valid"
  | "signature"
  | "algorithm"
  | "not-a-ca"
  | "path-length"
  | "key-usage"
  | "name-constraints"
  | "policy"
  | "critical-extension"
  | "purpose";

/** Why a chain does not lead to an anchor. */
export interface PathProblem {
  readonly code: PathProblemCode;
  /** A clause such as "its intermediate certificate CN=… is no CA". */
  readonly reason: string;
}
