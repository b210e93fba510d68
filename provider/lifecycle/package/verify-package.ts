import type * as Signature from "../../signature";
import type { PackageSource } from "../../taco";

/** How {@link verifyTaco} judges. */
export interface VerifyTacoOptions {
  /** Whom to trust. Without any store trust is not judged, and the package is not accepted. */
  readonly trust?: Signature.TrustSources;
  /** The moment to judge by. Default: now. */
  readonly at?: Date;
  /** Adds the rules of that release of Tableau, such as "2024.2". Default: none. */
  readonly tableauVersion?: string;
}

/**
 * Verifies the signature of a package offline: what `jarsigner -verify -strict` says, and every reason for which Tableau
 * Server would refuse it. The same as `pulumi-tableau verify`.
 *
 * @param source bytes, or `{ path }`.
 * @param options whom to trust, the moment to judge by, and the release of the server.
 * @throws TableauError `trust-store-unreadable`, or the error of the file system if the package cannot be opened.
 */
export async function verifyTaco(source: PackageSource, options: VerifyTacoOptions = {}): Promise<Signature.Verdict> {
  // Loaded at the first call: a program that only declares resources needs none of it.
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load it at the start
  return await (require("../../signature") as typeof Signature).verifyTaco(source, options);
}
