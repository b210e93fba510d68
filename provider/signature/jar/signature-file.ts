import { isDigest } from "../crypto/digest";
import { SignatureProblem } from "../signature-problem";
import type { Attributes } from "./attributes";
import { decodeMimeBase64 } from "./base64";
import type { ManifestSections, Section } from "./manifest-sections";
import { canonicalName } from "./names";
import type { ManifestText } from "./manifest-text";

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

interface Digests {
  readonly digests: readonly Digest[];
  /** Whether there are digests at all, and some that can be computed. */
  readonly given: "known" | "unknown" | "none";
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
    const { digests } = this.#digests(attributes, wholeManifest, "the digest of the manifest");
    return digests.filter(({ algorithm, expected }) => this.#manifest.digestWhole(algorithm)?.equals(expected()) === true).length > 0;
  }

  mainAttributes(attributes: Attributes): void {
    const { digests, given } = this.#digests(attributes, mainAttributes, "the digest of the manifest's main attributes");
    if (given === "unknown") {
      throw new SignatureProblem(
        "algorithm-unsupported",
        "ignored",
        "The digest of the manifest's main attributes uses an unknown algorithm.",
      );
    }
    const { main } = this.#manifest;
    if (given === "known" && main === undefined) {
      throw new SignatureProblem("signature-file-mismatch", "ignored", "The manifest has no main attributes.");
    }
    for (const { algorithm, expected } of digests) {
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
    const { digests } = this.#digests(attributes, section, `the digest of ${JSON.stringify(name)}`);
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

  /** The digests that can be computed: a hostile file gives some hundred thousand others. */
  #digests(attributes: Attributes, suffix: string, what: string): Digests {
    const algorithmOf = (name: string): string => name.slice(0, -suffix.length);
    const known = attributes.select((key) => key.endsWith(suffix) && isDigest(algorithmOf(key)));
    const digests = [...known.values()]
      .map(({ name, value }) => ({ algorithm: algorithmOf(name), expected: () => decode(name, value) }))
      .filter(({ algorithm }) => isDigest(algorithm) && this.#permits(algorithm));
    return { digests, given: digests.length > 0 ? "known" : this.#unknown(attributes, suffix, what) };
  }

  /** @throws SignatureProblem where all digests use algorithms that are disabled. */
  #unknown(attributes: Attributes, suffix: string, what: string): "unknown" | "none" {
    let disabled = false;
    for (const key of attributes.keys()) {
      if (key.endsWith(suffix)) {
        if (this.#permits(key.slice(0, -suffix.length))) {
          return "unknown";
        }
        disabled = true;
      }
    }
    if (disabled) {
      throw new SignatureProblem("algorithm-disabled", "ignored", `In the signature file ${what} uses only algorithms that are disabled.`);
    }
    return "none";
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
