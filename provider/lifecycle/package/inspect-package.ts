import type * as Taco from "../../taco";

/**
 * Reads what a package says of itself: class, versions, vendor, and its files. The same as `pulumi-tableau inspect`.
 *
 * @param source bytes, or `{ path }`.
 * @throws TableauError `package-unreadable` with everything that is wrong with it.
 */
export async function inspectTaco(source: Taco.PackageSource): Promise<Taco.Taco> {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load it at the start
  return await (require("../../taco") as typeof Taco).readTaco(source);
}
