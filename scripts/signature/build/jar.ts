import { createHash } from "node:crypto";
import type { EntrySpec } from "../../../tests/taco/zip-builder";

export interface JarFile {
  readonly name: string;
  readonly data: string | Buffer;
}

const names: Readonly<Record<string, string>> = {
  sha1: "SHA1",
  sha256: "SHA-256",
  sha384: "SHA-384",
  sha512: "SHA-512",
  md5: "MD5",
  "sha3-256": "SHA3-256",
};

export const digestName = (digest: string): string => names[digest] ?? digest;

export function base64Digest(digest: string, bytes: Buffer | string): string {
  return createHash(digest).update(bytes).digest("base64");
}

/** A header line, folded at 72 bytes as jarsigner does. */
export function header(name: string, value: string, end = "\r\n"): string {
  const bytes = Buffer.from(`${name}: ${value}`);
  const lines = [bytes.subarray(0, 72)];
  for (let at = 72; at < bytes.length; at += 71) {
    lines.push(Buffer.concat([Buffer.from(" "), bytes.subarray(at, at + 71)]));
  }
  return lines.map((line) => line.toString("latin1") + end).join("");
}

/** One section of a manifest, as latin1 text (a fold may split a character). */
export function section(name: string, attributes: readonly (readonly [string, string])[], end = "\r\n"): string {
  return header("Name", name, end) + attributes.map(([key, value]) => header(key, value, end)).join("") + end;
}

export interface ManifestParts {
  readonly main: string;
  /** By name, in order. */
  readonly sections: readonly (readonly [string, string])[];
}

export function manifestParts(files: readonly JarFile[], digests: readonly string[] = ["sha256"]): ManifestParts {
  return {
    main: "Manifest-Version: 1.0\r\nCreated-By: 17 (test)\r\n\r\n",
    sections: files
      .filter(({ name }) => !name.endsWith("/"))
      .map(
        ({ name, data }) =>
          [
            name,
            section(
              name,
              digests.map((digest) => [`${digestName(digest)}-Digest`, base64Digest(digest, data)] as const),
            ),
          ] as const,
      ),
  };
}

export const manifestText = ({ main, sections }: ManifestParts): string => main + sections.map(([, text]) => text).join("");

export const latin1 = (text: string): Buffer => Buffer.from(text, "latin1");

export interface SignatureFileSpec {
  readonly digest?: string;
  readonly main?: string;
  /** Base64, or `absent`. */
  readonly wholeDigest?: string;
  /** Base64, or `absent`. */
  readonly mainDigest?: string;
  readonly sections?: "absent" | ((sections: readonly (readonly [string, string])[]) => readonly (readonly [string, string])[]);
}

/** A signature file over a manifest, as jarsigner writes it. */
export function signatureFile(parts: ManifestParts, spec: SignatureFileSpec = {}): string {
  const digest = spec.digest ?? "sha256";
  const label = digestName(digest);
  const whole = spec.wholeDigest ?? base64Digest(digest, latin1(manifestText(parts)));
  const main = spec.mainDigest ?? base64Digest(digest, latin1(parts.main));
  const sections: readonly (readonly [string, string])[] = parts.sections.map(([name, text]) => [name, base64Digest(digest, latin1(text))]);
  const chosen = spec.sections === "absent" ? [] : (spec.sections?.(sections) ?? sections);
  return [
    spec.main ?? "Signature-Version: 1.0\r\n",
    main === "absent" ? "" : header(`${label}-Digest-Manifest-Main-Attributes`, main),
    whole === "absent" ? "" : header(`${label}-Digest-Manifest`, whole),
    "Created-By: 17 (test)\r\n\r\n",
    ...chosen.map(([name, value]) => section(name, [[`${label}-Digest`, value]])),
  ].join("");
}

export const entry = (name: string, data: string | Buffer): EntrySpec => ({ name, data });
