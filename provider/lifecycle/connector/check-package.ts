import { TableauError } from "../../vocabulary/error";
import { firstReleaseThatVerifies, firstReleaseWithPackages } from "../../plan/placement/releases";
import { readTaco, type Taco } from "../../taco";
import { isAtLeast } from "../../vocabulary/version";
import { checkPlainName, checkSource, defaultFileName } from "../delivery/check-source";
import type { Failures } from "../inputs/failures";
import type { Properties } from "../lifecycle";
import { readPackage } from "../package/package-source";
import type { Services } from "../services";
import { isUnknown } from "../../schema/unknown";
import type { Audience } from "./audience";
import { checkSignature } from "./check-signature";

/** What became of the package arguments of a resource. */
export type CheckedPackage =
  /** Which package it is will be known later. */
  | { readonly kind: "unknown" }
  /** It is not usable; the failures say why. */
  | { readonly kind: "unusable" }
  | { readonly kind: "usable"; readonly computed: Properties; readonly sha256: string; readonly openQuestion: string };

const identifying = ["source", "sha256", "fileName"];

/**
 * Reads the package that the package arguments of a resource name, and judges it as the product would that is to load it:
 * the same for a server and for a person's machine. No host is touched.
 */
export async function checkPackage(services: Services, news: Properties, audience: Audience, failures: Failures): Promise<CheckedPackage> {
  checkArguments(news, failures);
  if (identifying.some((key) => isUnknown(news[key]))) return { kind: "unknown" };
  const found = failures.list.some(({ property }) => identifying.includes(property)) ? null : await read(services, news, failures);
  if (found === null) return { kind: "unusable" };
  const { taco, bytes } = found;
  const { summary: signature, openQuestion } = await checkSignature(services, news, audience, bytes, failures);
  checkAgainstRelease(audience, taco, failures);
  return { kind: "usable", computed: { ...compute(news, taco), signature }, sha256: taco.sha256, openQuestion };
}

function checkArguments(news: Properties, failures: Failures): void {
  checkSource(news, failures);
  failures.flag(news["requireSignature"], "requireSignature");
  failures.text(news["trustStore"], "trustStore");
  const source = isUnknown(news["source"]) || news["source"] === "" ? undefined : news["source"];
  const fileName = failures.text(news["fileName"], "fileName") ?? (typeof source === "string" ? defaultFileName(source) : undefined);
  if (fileName !== undefined) checkFileName(fileName, failures);
}

function checkFileName(fileName: string, failures: Failures): void {
  if (!fileName.endsWith(".taco")) {
    failures.add("fileName", `expected a name that ends in .taco (Tableau reads no other), got ${JSON.stringify(fileName)}`);
  }
  checkPlainName(fileName, failures);
}

async function read(services: Services, news: Properties, failures: Failures): Promise<{ taco: Taco; bytes: Buffer } | null> {
  try {
    const pinned = (news["sha256"] ?? undefined) as string | undefined;
    const { bytes } = await readPackage(String(news["source"]), pinned, services.cacheDirectory, "package");
    return { taco: await readTaco(bytes), bytes };
  } catch (error) {
    if (!(error instanceof TableauError)) throw error;
    failures.add(error.code === "digest-mismatch" ? "sha256" : "source", error.message);
    return null;
  }
}

function compute(news: Properties, taco: Taco): Properties {
  return {
    sha256: taco.sha256,
    fileName: news["fileName"] ?? defaultFileName(String(news["source"])),
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
