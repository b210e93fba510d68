import { nodeDigest } from "../crypto/digest";
import type { Attributes } from "../jar/attributes";
import { decodeMimeBase64 } from "../jar/base64";
import type { ManifestText } from "../jar/manifest-text";
import { canonicalName, isDirectory } from "../jar/names";
import type { CentralEntry } from "../../taco/zip/zip.types";
import type { WantedDigest } from "./entry-digests";

const suffix = "-DIGEST";

/** What the manifest says of the entries of a package. What it says of others is not kept. */
export class ListedEntries {
  readonly #sections: ReadonlyMap<string, Attributes>;
  readonly #digests = new Map<Attributes, readonly WantedDigest[]>();

  constructor({ sections }: ManifestText, entries: readonly CentralEntry[]) {
    this.#sections = sections.among(new Set(entries.flatMap(({ name }) => spellings(name))));
  }

  has(entryName: string): boolean {
    return this.#attributes(entryName) !== undefined;
  }

  /** Read once for all entries that have one section: a hostile package has thousands of one name. */
  digests(entryName: string): readonly WantedDigest[] {
    const attributes = isDirectory(entryName) ? undefined : this.#attributes(entryName);
    if (attributes === undefined) {
      return [];
    }
    const digests = this.#digests.get(attributes) ?? readDigests(attributes);
    this.#digests.set(attributes, digests);
    return digests;
  }

  #attributes(entryName: string): Attributes | undefined {
    const spelling = spellings(entryName).find((name) => this.#sections.has(name));
    return spelling === undefined ? undefined : this.#sections.get(spelling);
  }
}

/** The names that the section of an entry may have, in the order in which they are looked for. */
function spellings(entryName: string): readonly string[] {
  const name = canonicalName(entryName);
  return [name, `./${name}`, `/${name}`];
}

function readDigests(attributes: Attributes): WantedDigest[] {
  const digests = attributes.select((key) => key.endsWith(suffix) && nodeDigest(key.slice(0, -suffix.length)) !== undefined);
  return [...digests.values()].map(({ name, value }) => ({ algorithm: name.slice(0, -suffix.length), expected: decodeMimeBase64(value) }));
}
