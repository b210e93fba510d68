import { SignatureProblem } from "../signature-problem";
import { decodeMimeBase64 } from "./base64";
import type { ManifestSections, Section } from "./manifest-sections";
import { canonicalName } from "./names";
import type { Attributes, ManifestText } from "./manifest-text";

const wholeManifest = "-DIGEST-MANIFEST";
const mainAttributes = "-DIGEST-MANIFEST-MAIN-ATTRIBUTES";
const section = "-DIGEST";

/** Whether a digest algorithm, under the name that a file gives it, may be used. */
export type Permits = (algorithm: string) => boolean;

/**
 * Compares a signature file with the manifest, as Java's SignatureFileVerifier does: the digest of the whole manifest, else those of its
 * main attributes and of every section that the signature file lists.
 *
 * @returns the names that are signed thereby.
 * @throws SignatureProblem
 */
export function checkSignatureFile(file: ManifestText, manifest: ManifestSections, permits: Permits): ReadonlySet<string> {
  const comparison = new Comparison(manifest, permits);
  const whole = comparison.wholeManifest(file.main);
  if (!whole) {
    comparison.mainAttributes(file.main);
  }
  const names = new Set<string>();
  for (const [name, attributes] of file.sections) {
    if (whole || comparison.section(name, attributes)) {
      names.add(canonicalName(name));
    }
  }
  comparison.end();
  return names;
}

interface Digest {
  readonly algorithm: string;
  readonly expected: () => Buffer;
}

/**
 * Holds what Java remembers from one section to the next: once a section fits only the way Netscape hashed, all later ones have to.
 * Which ones are later is a matter of its hash tables, so a mixture is refused.
 */
class Comparison {
  readonly #manifest: ManifestSections;
  readonly #permits: Permits;
  #ending: "blank-line" | "netscape" = "blank-line";
  #fitting: "blank-line" | undefined;

  constructor(manifest: ManifestSections, permits: Permits) {
    this.#manifest = manifest;
    this.#permits = permits;
  }

  wholeManifest(attributes: Attributes): boolean {
    const { digests, all } = this.#digests(attributes, wholeManifest);
    refuseDisabled(digests, all, "the digest of the manifest");
    return digests.filter(({ algorithm, expected }) => this.#manifest.digestWhole(algorithm)?.equals(expected()) === true).length > 0;
  }

  mainAttributes(attributes: Attributes): void {
    const { digests, all } = this.#digests(attributes, mainAttributes);
    refuseDisabled(digests, all, "the digest of the manifest's main attributes");
    const known = digests.filter(({ algorithm }) => this.#manifest.digestWhole(algorithm) !== undefined);
    if (all > 0 && known.length === 0) {
      throw new SignatureProblem(
        "algorithm-unsupported",
        "ignored",
        "The digest of the manifest's main attributes uses an unknown algorithm.",
      );
    }
    const { main } = this.#manifest;
    if (known.length > 0 && main === undefined) {
      throw new SignatureProblem("signature-file-mismatch", "ignored", "The manifest has no main attributes.");
    }
    for (const { algorithm, expected } of known) {
      if (this.#manifest.digest(algorithm, main ?? [], "blank-line")?.equals(expected()) !== true) {
        throw mismatch("The main attributes of the manifest are not those that were signed.");
      }
    }
  }

  /** Whether the section is signed; one without any digest is not. */
  section(name: string, attributes: Attributes): boolean {
    const sections = this.#manifest.get(name);
    if (sections === undefined) {
      throw mismatch(`The manifest has no section for ${JSON.stringify(name)}, which was signed.`);
    }
    const { digests, all } = this.#digests(attributes, section);
    refuseDisabled(digests, all, `the digest of ${JSON.stringify(name)}`);
    return digests.filter((digest) => this.#fits(digest, name, sections)).length > 0;
  }

  end(): void {
    if (this.#ending === "netscape" && this.#fitting === "blank-line") {
      throw mismatch("Some sections of the manifest are hashed with their blank line and some without it.");
    }
  }

  #fits({ algorithm, expected }: Digest, name: string, sections: readonly Section[]): boolean {
    const computed = this.#manifest.digest(algorithm, sections, this.#ending);
    if (computed === undefined) {
      return false;
    }
    const wanted = expected();
    if (computed.equals(wanted)) {
      this.#fitting = this.#ending === "blank-line" ? "blank-line" : this.#fitting;
      return true;
    }
    if (this.#ending === "blank-line" && this.#manifest.digest(algorithm, sections, "netscape")?.equals(wanted) === true) {
      this.#ending = "netscape";
      return true;
    }
    throw mismatch(`The manifest's section for ${JSON.stringify(name)} is not the one that was signed.`);
  }

  #digests(attributes: Attributes, suffix: string): { readonly digests: readonly Digest[]; readonly all: number } {
    const all = [...attributes].filter(([key]) => key.endsWith(suffix));
    const digests = all.flatMap(([, { name, value }]) => {
      const algorithm = name.slice(0, -suffix.length);
      return this.#permits(algorithm) ? [{ algorithm, expected: () => decode(name, value) }] : [];
    });
    return { digests, all: all.length };
  }
}

function refuseDisabled(digests: readonly Digest[], all: number, what: string): void {
  if (all > 0 && digests.length === 0) {
    throw new SignatureProblem("algorithm-disabled", "ignored", `In the signature file ${what} uses only algorithms that are disabled.`);
  }
}

function decode(name: string, value: string): Buffer {
  const decoded = decodeMimeBase64(value);
  if (decoded === undefined) {
    throw new SignatureProblem("signature-file-malformed", "exception", `The value of ${name} in the signature file is not Base64.`);
  }
  return decoded;
}

function mismatch(message: string): SignatureProblem {
  return new SignatureProblem("signature-file-mismatch", "exception", message);
}
