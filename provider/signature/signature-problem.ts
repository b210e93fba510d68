import type { FindingCode } from "./findings";

/**
 * What Java makes of it: the block is passed over (`ignored`), no signature of the package counts any more (`abandoned`), or
 * verification ends with an error (`exception`).
 */
export type JavaEffect = "ignored" | "abandoned" | "exception";

/** Why a signature of the package does not count. */
export class SignatureProblem extends Error {
  override readonly name = "SignatureProblem";

  constructor(
    readonly code: FindingCode,
    readonly effect: JavaEffect,
    message: string,
    options?: { readonly cause?: unknown },
  ) {
    super(message, options);
  }
}
