import { createRequire } from "node:module";
import { join } from "node:path";
import { providerText } from "../engine/provider-text";
import { TableauError } from "../vocabulary/error";

// Before the program can change it: Pulumi starts its provider processes in the folder that it starts the program in.
const startFolder = process.cwd();

/**
 * The text of `__provider`, after a look whether it can work: the provider process loads this package from the program's folder, so it has
 * to be a dependency of the program itself, not only of a package that the program uses. Without this look the engine ends with a raw
 * "Cannot find module".
 *
 * @throws TableauError package-not-direct
 */
export function providerOf(...name: Parameters<typeof providerText>): string {
  if (isStartedByLanguageHost() && ![startFolder, process.cwd()].some(isInstalledIn)) throw notDirect(startFolder);
  return providerText(...name);
}

// An inline program (Automation API) cannot see which folder its stack works in, and a test with mocks starts no provider.
function isStartedByLanguageHost(): boolean {
  return /[\\/]@pulumi[\\/]pulumi[\\/]cmd[\\/]run[\\/]index\.js$/.test(require.main?.filename ?? "");
}

function isInstalledIn(folder: string): boolean {
  try {
    createRequire(join(folder, "_.js")).resolve("pulumi-tableau/provider");
    return true;
  } catch {
    return false;
  }
}

function notDirect(folder: string): TableauError {
  const error = new TableauError("package-not-direct", {
    message: `pulumi-tableau cannot be loaded from ${folder}, the folder of the program: it is installed for another package only, and Pulumi loads it from there.`,
    next: "Make it a dependency of the program itself: `npm install pulumi-tableau` (or `pnpm add`, `yarn add`) in that folder.",
  });
  // Pulumi prints such an error without its stack: https://www.pulumi.com/docs/reference/pkg/nodejs/pulumi/pulumi/classes/RunError.html
  return Object.assign(error, { __pulumiRunError: true, message: `${error.message} (${error.code})` });
}
