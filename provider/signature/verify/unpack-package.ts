import type { ByteSource } from "../../taco/zip/byte-source";
import { consumeEntry } from "../../taco/zip/consume-entry";
import type { Zip } from "../../taco/zip/read-zip";
import type { Span } from "../../taco/zip/tiling";
import type { CentralEntry, ZipProblem } from "../../taco/zip/zip.types";
import { nodeDigest, startDigest } from "../crypto/digest";
import { finding, type Finding } from "../findings";
import type { Attributes } from "../jar/attributes";
import { decodeMimeBase64 } from "../jar/base64";
import { parseManifestText, type ManifestText } from "../jar/manifest-text";
import { ManifestTextError } from "../jar/manifest-text-error";
import { canonicalName, isDirectory, isManifest, isSignatureFileOrBlock, maxSignatureFileSize } from "../jar/names";
import { readsAsStream } from "./stream-reading";

/** Everything that is read of a package: it depends neither on the trust store nor on the day. Every entry is unpacked once. */
export interface UnpackedPackage {
  /** In the order of the central directory. */
  readonly entries: readonly CentralEntry[];
  readonly manifest: ManifestEntry;
  /** Signature files and blocks, in the order of the central directory. */
  readonly files: readonly SignatureEntry[];
  /** What the manifest says of the entries, compared with their bytes. */
  readonly digests: ReadonlyMap<CentralEntry, readonly EntryDigest[]>;
  /** Everything by which two readers could see two different packages. */
  readonly problems: readonly ZipProblem[];
  /** Whether newer versions of jarsigner, which read a package from its start as well, end with an error. */
  readonly breaksAsStream: boolean;
}

/** A manifest, signature file or block, read. */
export interface SignatureEntry {
  readonly entry: CentralEntry;
  /** Undefined if it is larger than anything that Java reads. */
  readonly data: Buffer | undefined;
}

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

/** A digest that the manifest gives for an entry, and whether it is right. */
export interface EntryDigest {
  readonly algorithm: string;
  readonly result: "right" | "wrong" | "not-base64";
}

/** @throws ZipError if an entry cannot be read. */
export async function unpackPackage(zip: Zip): Promise<UnpackedPackage> {
  const { manifests, files, others, problems: early } = await readSignatureEntries(zip);
  const manifest = readManifestEntry(manifests, files.length > 0 ? "signed" : "unsigned", manifestOrder(zip));
  const listed = manifest.text && new ListedEntries(manifest.text, zip.entries);
  const { digests, problems: late } = await digestEntries(zip.source, [...others, ...signedLikeOthers(zip, files, listed)], listed);
  const problems = [...zip.problems, ...early, ...late];
  const breaksAsStream = problems.length > 0 && !(await readsAsStream(zip));
  return { entries: zip.entries, manifest, files, digests, problems, breaksAsStream };
}

interface SignatureEntries {
  readonly manifests: readonly SignatureEntry[];
  readonly files: readonly SignatureEntry[];
  readonly problems: readonly ZipProblem[];
  /** Entries that are not read yet, in the order of the file. */
  readonly others: readonly Span[];
}

async function readSignatureEntries(zip: Zip): Promise<SignatureEntries> {
  const read = new Map<CentralEntry, SignatureEntry>();
  const problems: ZipProblem[] = [];
  const others: Span[] = [];
  for (const span of zip.spans) {
    const { entry } = span;
    if (!isManifest(entry.name) && !isSignatureFileOrBlock(entry.name)) {
      others.push(span);
      continue;
    }
    if (entry.size > maxSignatureFileSize) {
      read.set(entry, { entry, data: undefined });
      continue;
    }
    const chunks: Buffer[] = [];
    for (const problem of await consumeEntry(zip.source, span, (chunk) => chunks.push(chunk))) {
      problems.push(problem);
    }
    read.set(entry, { entry, data: Buffer.concat(chunks) });
  }
  const inOrder = zip.entries.flatMap((entry) => read.get(entry) ?? []);
  // Java looks these files up by name: of several with one name it sees the last one, and sees that again and again.
  const byName = new Map(inOrder.map((one) => [one.entry.name, one]));
  const seen = inOrder.map((one) => byName.get(one.entry.name) ?? one);
  return {
    manifests: seen.filter(({ entry }) => isManifest(entry.name)),
    files: seen.filter(({ entry }) => !isManifest(entry.name)),
    problems,
    others,
  };
}

/** Who reads a package from its start finds the manifest only as the first entry, or behind `META-INF/`. */
function manifestOrder({ spans: [first, second] }: Zip): "first" | "later" {
  const place = first?.entry.name.toUpperCase() === "META-INF/" ? second : first;
  return place !== undefined && isManifest(place.entry.name) ? "first" : "later";
}

/** Reads the manifest. With several of them (in any case of letters) Java treats the package as unsigned. */
function readManifestEntry(manifests: readonly SignatureEntry[], kind: "signed" | "unsigned", order: "first" | "later"): ManifestEntry {
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

/** Signature files and blocks that the manifest lists: to be signed by one signer, they have to be what their digest says. */
function signedLikeOthers({ spans }: Zip, files: readonly SignatureEntry[], listed: ListedEntries | undefined): readonly Span[] {
  const hashed = new Set(files.filter(({ entry }) => listed?.has(entry.name) === true).map(({ entry }) => entry));
  return spans.filter(({ entry }) => hashed.has(entry));
}

/** A digest that the manifest gives for an entry. */
interface WantedDigest {
  readonly algorithm: string;
  /** Undefined if it is not Base64. */
  readonly expected: Uint8Array | undefined;
}

const suffix = "-DIGEST";

/** What the manifest says of the entries of a package. What it says of others is not kept. */
class ListedEntries {
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

interface EntryDigests {
  readonly digests: ReadonlyMap<CentralEntry, readonly EntryDigest[]>;
  readonly problems: readonly ZipProblem[];
}

/** Unpacks and hashes entries, one after the other. */
async function digestEntries(source: ByteSource, spans: readonly Span[], listed: ListedEntries | undefined): Promise<EntryDigests> {
  const digests = new Map<CentralEntry, readonly EntryDigest[]>();
  const problems: ZipProblem[] = [];
  for (const span of spans) {
    const wanted = listed?.digests(span.entry.name) ?? [];
    const hashes = wanted.map(({ algorithm, expected }) => ({ algorithm, expected, hash: startDigest(algorithm) }));
    const found = await consumeEntry(source, span, (chunk) => hashes.forEach(({ hash }) => hash?.update(chunk)));
    for (const problem of found) problems.push(problem);
    digests.set(
      span.entry,
      hashes.map(({ algorithm, expected, hash }) => ({ algorithm, result: compare(hash?.digest(), expected) })),
    );
  }
  return { digests, problems };
}

function compare(computed: Buffer | undefined, expected: Uint8Array | undefined): EntryDigest["result"] {
  if (expected === undefined) {
    return "not-base64";
  }
  return computed?.equals(expected) === true ? "right" : "wrong";
}
