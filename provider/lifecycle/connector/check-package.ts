import { TableauError } from "../../vocabulary/error";
import { firstReleaseThatVerifies, firstReleaseWithPackages } from "../../plan/placement/releases";
import { readTaco, type Taco } from "../../taco";
import { isAtLeast } from "../../vocabulary/version";
import type { Failures } from "../../schema/failures";
import type { Draft, Drafts } from "../../schema/field";
import { type PackageComputed, packageArguments } from "../../schema/package";
import { neededNames } from "../../schema/preview";
import type { ServerInputs } from "../../schema/server";
import { isUnknown } from "../../schema/unknown";
import { checkPlainName, checkSource, defaultFileName } from "../delivery/check-source";
import { readPackage } from "../package/package-source";
import type { Services } from "../services";
import type { Audience } from "./audience";
import { checkSignature } from "./check-signature";

/** The package arguments of a resource while they are checked, and whose they are. */
export type PackageDraft = Drafts<typeof packageArguments> & {
  readonly server?: Draft<ServerInputs>;
  readonly urn: string;
};

/** What became of the package arguments of a resource. */
export type CheckedPackage =
  /** Which package it is will be known later. */
  | { readonly kind: "unknown" }
  /** It is not usable; the failures say why. */
  | { readonly kind: "unusable" }
  | {
      readonly kind: "usable";
      readonly computed: Partial<PackageComputed> & Pick<PackageComputed, "fileName">;
      readonly sha256: string;
      readonly openQuestion: string;
    };

const identifying = neededNames(packageArguments);

/**
 * Reads the package that the package arguments of a resource name, and judges it as the product would that is to load it:
 * the same for a server and for a person's machine. No host is touched.
 */
export async function checkPackage(
  services: Services,
  draft: PackageDraft,
  audience: Audience,
  failures: Failures,
): Promise<CheckedPackage> {
  const { source, sha256, fileName } = draft;
  checkSource(draft, failures);
  const name = fileName === undefined || isUnknown(fileName) ? nameOf(source) : fileName;
  if (name !== undefined) checkFileName(name, failures);
  if ([source, sha256, fileName].some(isUnknown)) return { kind: "unknown" };
  if (source === undefined || name === undefined || failures.has(...identifying)) return { kind: "unusable" };
  const found = await read(services, source, sha256, failures);
  if (found === null) return { kind: "unusable" };
  const { taco, bytes } = found;
  const { summary: signature, openQuestion } = await checkSignature(services, draft, audience, bytes, failures);
  checkAgainstRelease(audience, taco, failures);
  const computed = { ...compute(taco), fileName: name, ...(signature === undefined ? {} : { signature }) };
  return { kind: "usable", computed, sha256: taco.sha256, openQuestion };
}

function nameOf(source: string | undefined): string | undefined {
  return source === undefined || isUnknown(source) ? undefined : defaultFileName(source);
}

function checkFileName(fileName: string, failures: Failures): void {
  if (!fileName.endsWith(".taco")) {
    failures.add("fileName", `expected a name that ends in .taco (Tableau reads no other), got ${JSON.stringify(fileName)}`);
  }
  checkPlainName(fileName, failures);
}

async function read(
  services: Services,
  source: string,
  pinned: string | undefined,
  failures: Failures,
): Promise<{ taco: Taco; bytes: Buffer } | null> {
  try {
    const { bytes } = await readPackage(source, pinned, services.cacheDirectory, "package");
    return { taco: await readTaco(bytes), bytes };
  } catch (error) {
    if (!(error instanceof TableauError)) throw error;
    failures.add(error.code === "digest-mismatch" ? "sha256" : "source", error.message);
    return null;
  }
}

function compute(taco: Taco): Omit<PackageComputed, "fileName" | "signature"> {
  return {
    sha256: taco.sha256,
    pluginClass: taco.pluginClass,
    pluginVersion: taco.pluginVersion,
    // Packages before the packager stamped a version load from the first release that loads any.
    minVersionTableau: taco.minVersionTableau ?? firstReleaseWithPackages,
  };
}

/** What that release would not load; without a release this is looked at when the machine is reached. */
function checkAgainstRelease(audience: Audience, taco: Taco, failures: Failures): void {
  const { product, subject, givenRelease: release, releaseProperty, unpackedHint } = audience;
  if (release === null) return;
  const { minVersionTableau } = taco;
  if (!isAtLeast(release, firstReleaseWithPackages)) {
    failures.add(
      releaseProperty,
      `${product} ${release} loads no packaged connectors; they load from ${firstReleaseWithPackages} on. ${unpackedHint}`,
    );
  } else if (minVersionTableau !== undefined && !isAtLeast(release, minVersionTableau)) {
    failures.add(
      "source",
      `needs Tableau ${minVersionTableau} (min-version-tableau of its manifest); ${subject} is ${release} and would not load it`,
    );
  }
  // https://github.com/tableau/connector-plugin-sdk/issues/571
  if (isAtLeast(release, firstReleaseThatVerifies) && taco.kind === "connector" && !taco.hasVendorInformation) {
    failures.add(
      "source",
      `has no vendor-information in its manifest; Tableau loads no such connector from ${firstReleaseThatVerifies} on`,
    );
  }
}
