import { finding } from "../findings";
import type { Finding } from "../findings";
import { parseManifestText } from "../jar/manifest-text";
import type { ManifestText } from "../jar/manifest-text";
import { ManifestTextError } from "../jar/manifest-text-error";
import type { SignatureEntry } from "./contents";

/** The manifest of a package, as far as Java can use it. */
export interface ManifestEntry {
  readonly present: boolean;
  readonly name: string | undefined;
  /** Its bytes and its text, if exactly one is there and it can be read. */
  readonly data: Buffer | undefined;
  readonly text: ManifestText | undefined;
  /** Whether it is an error for jarsigner. */
  readonly exception: boolean;
  readonly findings: readonly Finding[];
}

/** Reads the manifest. With several of them (in any case of letters) Java treats the package as unsigned. */
export function readManifestEntry(
  manifests: readonly SignatureEntry[],
  kind: "signed" | "unsigned",
  order: "first" | "later",
): ManifestEntry {
  const last = manifests.at(-1);
  const name = last?.entry.name;
  const found = { present: last !== undefined, name, data: undefined, text: undefined };
  if (last === undefined) {
    return { ...found, exception: false, findings: [finding("manifest-missing", "The package has no META-INF/MANIFEST.MF.")] };
  }
  if (last.data === undefined) {
    return { ...found, exception: true, findings: [finding("manifest-malformed", `The manifest has ${last.entry.size} bytes.`)] };
  }
  try {
    const text = parseManifestText(last.data);
    return manifests.length > 1
      ? { ...found, exception: false, findings: [finding("manifest-duplicate", `The package has ${manifests.length} manifests.`)] }
      : {
          ...found,
          data: kind === "signed" ? last.data : undefined,
          text,
          exception: false,
          findings: order === "first" ? [] : [finding("manifest-not-first", "The manifest is not the first file of the package.")],
        };
  } catch (error) {
    if (error instanceof ManifestTextError) {
      return { ...found, exception: true, findings: [finding("manifest-malformed", `The manifest cannot be read: ${error.message}.`)] };
    }
    throw error;
  }
}
