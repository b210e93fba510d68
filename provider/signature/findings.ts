import { printableLine } from "../vocabulary/printable";

/** What a finding is about: only `trust` depends on anchors, only `date` on the day, only `tableau` on the version of Tableau. */
export type FindingCategory = "integrity" | "signature" | "trust" | "date" | "policy" | "tableau";

/** Whether a finding refuses the package or only warns. */
export type Severity = "refuse" | "warn";

interface Kind {
  readonly category: FindingCategory;
  readonly severity: Severity;
  /** What the package's vendor, or its user, can do. */
  readonly advice: string;
}

const kind = (category: FindingCategory, severity: Severity, advice: string): Kind => ({ category, severity, advice });

const repack = "Build the package again with Tableau's connector packager and sign the result; do not change it afterwards.";
const resign = "Sign the package again with jarsigner (its defaults are good) and do not change it afterwards.";
const recertify = "Sign the package again with a certificate that is made for code signing.";
const reissue = "Ask the certification authority for a correct certificate and sign the package again.";
const anchor =
  "Sign the package with a certificate of a public authority, or import its root into the trust store of every Tableau machine.";

/** Every reason for refusing a package or warning about it. The list is closed: nothing is refused without one of these codes. */
export const findingKinds = {
  "file-unreadable": kind("integrity", "refuse", "Check the path and its permissions."),
  "zip-unreadable": kind("integrity", "refuse", repack),
  "zip-limit": kind("integrity", "refuse", "Real connectors are a few files of some kB; take out what does not belong there."),
  "zip-prefix": kind("integrity", "refuse", repack),
  "zip-gap": kind("integrity", "refuse", repack),
  "zip-overlap": kind("integrity", "refuse", repack),
  "zip-suffix": kind("integrity", "refuse", repack),
  "zip-comment": kind("integrity", "refuse", repack),
  "zip-count": kind("integrity", "refuse", repack),
  "zip64-contradiction": kind("integrity", "refuse", repack),
  "zip-local-header": kind("integrity", "refuse", repack),
  "zip-size": kind("integrity", "refuse", repack),
  "zip-crc": kind("integrity", "refuse", "The file is damaged: fetch it again from its vendor."),
  "zip-duplicate-name": kind("integrity", "refuse", repack),
  "zip-unsafe-name": kind("integrity", "refuse", "Rename the file in the package, then build and sign it again."),
  "zip-symlink": kind("integrity", "refuse", "Put the file itself into the package, then build and sign it again."),
  "zip-attributes": kind("integrity", "refuse", repack),
  "zip-header": kind("integrity", "refuse", repack),
  "zip-descriptor": kind("integrity", "refuse", "Build the package with Java's jar, not as a stream, and sign the result with jarsigner."),
  "zip-extra-field": kind("integrity", "refuse", "Build the package with Java's jar, or with zip -X, and sign the result."),
  "zip-name-encoding": kind("integrity", "refuse", "Build the package with Java's jar, which writes names in UTF-8 and says so."),
  "zip-readers-disagree": kind("integrity", "refuse", repack),

  unsigned: kind("signature", "refuse", "Sign the package with jarsigner and a code-signing certificate."),
  "manifest-missing": kind("integrity", "refuse", resign),
  "manifest-duplicate": kind("integrity", "refuse", repack),
  "manifest-malformed": kind("integrity", "refuse", resign),
  "manifest-not-first": kind(
    "integrity",
    "warn",
    "Some readers look for it only there; sign with jarsigner, or a current KeyStore Explorer.",
  ),
  "entry-tampered": kind("integrity", "refuse", "It was changed after signing: fetch the package again from its vendor, or sign it again."),
  "entry-digest-missing": kind("integrity", "refuse", resign),
  "entry-unsigned": kind("integrity", "refuse", "It was added after signing: take it out, or sign the package again."),
  "entry-missing": kind(
    "integrity",
    "refuse",
    "It was taken out after signing: fetch the package again from its vendor, or sign it again.",
  ),
  "entry-partly-signed": kind("integrity", "refuse", "Every signer has to sign the whole package: sign it again from the unsigned one."),
  "stray-signature-file": kind("integrity", "refuse", "Take it out: no signature covers it."),

  "signature-file-missing": kind("signature", "refuse", resign),
  "signature-file-malformed": kind("signature", "refuse", resign),
  "signature-file-version": kind("signature", "refuse", resign),
  "signature-file-mismatch": kind("signature", "refuse", "The manifest was changed after signing: sign the package again."),
  "block-missing": kind("signature", "refuse", resign),
  "block-malformed": kind("signature", "refuse", resign),
  "block-content-type": kind("signature", "refuse", resign),
  "signer-missing": kind("signature", "refuse", resign),
  "signer-certificate-missing": kind("signature", "refuse", "Sign the package again, with the certificate chain in the signature block."),
  "signer-usage": kind("signature", "refuse", recertify),
  "signature-invalid": kind(
    "signature",
    "refuse",
    "The signature does not belong to this package: fetch it again from its vendor, or sign it again.",
  ),
  "algorithm-unsupported": kind("signature", "refuse", resign),
  "algorithm-disabled": kind(
    "policy",
    "refuse",
    "Sign the package again with SHA-256 and a key of at least 2048 bits (RSA) or 256 bits (EC).",
  ),
  "algorithm-legacy": kind("policy", "warn", "It will be refused by a coming Java: sign the next release with SHA-256 and a longer key."),
  "certificate-malformed": kind("signature", "refuse", reissue),

  "timestamp-missing": kind("signature", "warn", "Sign with a timestamp (jarsigner -tsa), else the package ends with its certificate."),
  "timestamp-invalid": kind("signature", "refuse", "Sign the package again with a timestamp (jarsigner -tsa)."),
  "signed-outside-validity": kind("signature", "refuse", "Sign the package again with a certificate that is valid now."),

  "trust-unknown": kind(
    "trust",
    "refuse",
    "Name a trust store, best the cacerts of the Tableau server (pulumi-tableau trust export fetches it).",
  ),
  "chain-untrusted": kind("trust", "refuse", anchor),
  "chain-invalid": kind("trust", "refuse", reissue),
  "certificate-blocked": kind("trust", "refuse", "Sign the package again with a certificate that is not blocked."),
  "not-in-trust-store": kind(
    "trust",
    "refuse",
    "If that store is the cacerts of a JRE, such as the Tableau server's, name it as such (--cacerts); else import an intermediate certificate as well.",
  ),
  "self-signed": kind("trust", "refuse", anchor),
  "timestamp-untrusted": kind(
    "trust",
    "refuse",
    "Sign again with a public time-stamping authority, or import its root into the trust store.",
  ),

  "certificate-expired": kind(
    "date",
    "refuse",
    "Sign the package again with a current certificate, and with a timestamp so that it outlives that one.",
  ),
  "certificate-not-yet-valid": kind("date", "refuse", "Wait until then, or check the clock of this machine."),
  "certificate-expires-soon": kind("date", "warn", "Have a release signed with a new certificate ready before that day."),
  "timestamp-expired": kind("date", "refuse", "Sign the package again with a current certificate and a new timestamp."),
  "timestamp-authority-expired": kind(
    "date",
    "warn",
    "The signature stands only as long as the signer's own certificate: sign the package again before that ends.",
  ),
  "timestamp-expires-soon": kind("date", "warn", "Have the package signed and timestamped again before that day."),
  "timestamp-in-future": kind("date", "refuse", "Check the clock of this machine, or sign the package again with another authority."),

  "tableau-not-packaged": kind("tableau", "refuse", "Upgrade Tableau: packaged connectors exist since 2019.4."),
  "tableau-timestamp-missing": kind("tableau", "refuse", "Sign the package again with a timestamp (jarsigner -tsa http://…)."),
  "tableau-root-embedded": kind("tableau", "refuse", "Sign the package again with the signer's and the intermediate certificates only."),
  "tableau-does-not-verify": kind("tableau", "warn", "It would load unsigned packages as well: upgrade to 2020.1 or later."),
} as const satisfies Record<string, Kind>;

/** The closed list of reasons. */
export type FindingCode = keyof typeof findingKinds;

/** One reason for refusing a package, or for a warning about it. */
export interface Finding {
  /** Which one. */
  readonly code: FindingCode;
  /** Whether it refuses the package. */
  readonly severity: Severity;
  /** What it is about. */
  readonly category: FindingCategory;
  /** What was found, where, and what to do: full sentences. */
  readonly message: string;
}

/** @param what a full sentence that says what was found and where. */
export function finding(code: FindingCode, what: string): Finding {
  const { severity, category, advice } = findingKinds[code];
  return { code, severity, category, message: printableLine(`${what} ${advice}`) };
}

/** What there are more of is only counted. */
export const mostOfOneKind = 20;

/**
 * Every finding once, and not hundreds of one kind.
 *
 * @param further how many more of a kind there are than are listed, each different from all others, where that was too many to list.
 */
export function distinctFindings(findings: readonly Finding[], further: ReadonlyMap<FindingCode, number>): Finding[] {
  const different = [...new Map(findings.map((one) => [`${one.code} ${one.message}`, one])).values()];
  const byCode = new Map<FindingCode, Finding[]>();
  for (const one of different) {
    const same = byCode.get(one.code) ?? [];
    byCode.set(one.code, same);
    same.push(one);
  }
  return [...byCode].flatMap(([code, same]) => {
    const rest = same.length + (further.get(code) ?? 0) - mostOfOneKind;
    return rest <= 0 ? same : [...same.slice(0, mostOfOneKind), finding(code, `There are ${rest} more findings of this kind.`)];
  });
}
