import { sha256 } from "./algorithms";
import type { ZipEntry } from "../zip-writer";

/** The two texts of a signed JAR. */
export interface JarTexts {
  readonly manifest: Buffer;
  readonly signatureFile: Buffer;
}

const createdBy = "17.0.15 (pulumi-tableau simulation)";

/**
 * Writes manifest and signature file as jarsigner does: digests over every entry, over the manifest's sections, its main section and the whole.
 *
 * @param main the manifest's main section, as the packager wrote it; absent: a usual one.
 * @see https://docs.oracle.com/en/java/javase/17/docs/specs/jar/jar.html
 */
export function jarTexts(contents: readonly ZipEntry[], main?: string): JarTexts {
  const mainSection =
    main ??
    section([
      ["Manifest-Version", "1.0"],
      ["Created-By", createdBy],
    ]);
  const sections = contents.map(({ name, bytes }) => ({ name, text: digestSection(name, bytes) }));
  const manifest = Buffer.from(mainSection + sections.map(({ text }) => text).join(""));
  const head = section([
    ["Signature-Version", "1.0"],
    ["Created-By", createdBy],
    ["SHA-256-Digest-Manifest", base64Digest(manifest)],
    ["SHA-256-Digest-Manifest-Main-Attributes", base64Digest(mainSection)],
  ]);
  const signatureFile = Buffer.from(head + sections.map(({ name, text }) => digestSection(name, text)).join(""));
  return { manifest, signatureFile };
}

function digestSection(name: string, digested: Buffer | string): string {
  return section([
    ["Name", name],
    ["SHA-256-Digest", base64Digest(digested)],
  ]);
}

function section(attributes: readonly (readonly [string, string])[]): string {
  return `${attributes.map(([name, value]) => fold(`${name}: ${value}`)).join("")}\r\n`;
}

// A line has 72 bytes at most; a further one starts with a space. Java may cut a character in two; here none is cut.
function fold(line: string): string {
  const lines: string[] = [];
  let current = "";
  for (const character of line) {
    if (Buffer.byteLength(current + character) > 72) {
      lines.push(current);
      current = " ";
    }
    current += character;
  }
  return `${[...lines, current].join("\r\n")}\r\n`;
}

function base64Digest(bytes: Buffer | string): string {
  return sha256(bytes).toString("base64");
}
