import { createHash } from "node:crypto";
import { latin1, section, signatureFile } from "../build/jar";
import type { ManifestParts } from "../build/jar";
import { files, jar } from "./case";
import type { BlockSpec, Case } from "./case";

/** The manifest is changed before it is signed, so that only its form is odd. */
const manifest = (name: string, change: (parts: ManifestParts) => ManifestParts, block: BlockSpec = {}): Case => ({
  name: `manifest-${name}`,
  taco: jar({ manifest: change, blocks: [block] }),
});
const mapSections =
  (change: (name: string, text: string) => string) =>
  (parts: ManifestParts): ManifestParts => ({
    ...parts,
    sections: parts.sections.map(([name, text]) => [name, change(name, text)] as const),
  });
const lines =
  (end: string) =>
  (parts: ManifestParts): ManifestParts => ({
    main: parts.main.replace(/\r\n/g, end),
    sections: parts.sections.map(([name, text]) => [name, text.replace(/\r\n/g, end)] as const),
  });
const digestLine = /SHA-256-Digest: (\S+)/;

/** The manifest is changed after it was signed. */
const late = (name: string, change: (text: string) => string, block: BlockSpec = {}): Case => ({
  name: `manifest-late-${name}`,
  taco: jar({ rawManifest: (text) => latin1(change(text)), blocks: [block] }),
});

const file = (name: string, change: (text: string, parts: ManifestParts) => string, extra: BlockSpec = {}): Case => ({
  name: `sf-${name}`,
  taco: jar({ manifest: (parts) => { captured = parts; return parts; }, blocks: [{ ...extra, get rawSignatureFile() { return latin1(change(signatureFile(captured, extra.signatureFile), captured)); } }] }),
}); // prettier-ignore
let captured: ManifestParts;

/** Reference sections 5.1 to 5.4: texts of the manifest and of the signature file in their odd forms. */
export function textCases(): Case[] {
  return [
    manifest("lf", lines("\n")),
    manifest("cr", lines("\r")),
    manifest("mixed-ends", mapSections((name, text) => (name === "manifest.xml" ? text.replace(/\r\n/g, "\n") : text))),
    manifest("lower-case-keys", mapSections((_, text) => text.replace("Name: ", "nAME: ").replace("SHA-256-Digest", "sha-256-digest"))),
    manifest("lower-case-digest-name", mapSections((_, text) => text.replace("SHA-256-Digest", "SHA256-DIGEST"))),
    manifest("no-space", mapSections((_, text) => text.replace("SHA-256-Digest: ", "SHA-256-Digest:"))),
    manifest("two-spaces", mapSections((_, text) => text.replace("SHA-256-Digest: ", "SHA-256-Digest:  "))),
    manifest("tab", mapSections((_, text) => text.replace("SHA-256-Digest: ", "SHA-256-Digest:\t"))),
    manifest("trailing-space", mapSections((_, text) => text.replace(digestLine, "SHA-256-Digest: $1 "))),
    manifest("name-trailing-space", mapSections((name, text) => text.replace(`Name: ${name}`, `Name: ${name} `))),
    manifest("unpadded-base64", mapSections((_, text) => text.replace(/=+\r/g, "\r"))),
    manifest("overpadded-base64", mapSections((_, text) => text.replace(/=\r/g, "==\r"))),
    manifest("spaced-base64", mapSections((_, text) => text.replace(digestLine, (_all, value: string) => `SHA-256-Digest: ${value.slice(0, 10)} - ${value.slice(10)}`))),
    manifest("leftover-base64", mapSections((_, text) => text.replace(digestLine, (_all, value: string) => `SHA-256-Digest: ${value.replace(/=/g, "")}AA`))),
    manifest("folded-short", mapSections((_, text) => text.replace(digestLine, (_all, value: string) => `SHA-256-Digest: ${value.slice(0, 7)}\r\n ${value.slice(7)}`))),
    manifest("folded-at-name", mapSections((name, text) => text.replace(`Name: ${name}`, `Name: ${name.slice(0, 3)}\r\n ${name.slice(3)}`))),
    manifest("empty-fold", mapSections((name, text) => text.replace(`Name: ${name}`, `Name: ${name}\r\n `))),
    manifest("line-of-510", mapSections((_, text) => text.replace("\r\n\r\n", `\r\nX: ${"x".repeat(507)}\r\n\r\n`))),
    manifest("line-of-511", mapSections((_, text) => text.replace("\r\n\r\n", `\r\nX: ${"x".repeat(508)}\r\n\r\n`))),
    manifest("line-of-511-lf", mapSections((_, text) => text.replace("\r\n\r\n", `\r\nX: ${"x".repeat(508)}\n\r\n`))),
    manifest("line-of-512", mapSections((_, text) => text.replace("\r\n\r\n", `\r\nX: ${"x".repeat(509)}\r\n\r\n`))),
    manifest("line-of-600", mapSections((_, text) => text.replace("\r\n\r\n", `\r\nX: ${"x".repeat(597)}\r\n\r\n`))),
    manifest("key-of-70", mapSections((_, text) => text.replace("\r\n\r\n", `\r\n${"k".repeat(70)}: x\r\n\r\n`))),
    manifest("key-of-71", mapSections((_, text) => text.replace("\r\n\r\n", `\r\n${"k".repeat(71)}: x\r\n\r\n`))),
    manifest("key-with-dot", mapSections((_, text) => text.replace("\r\n\r\n", `\r\na.b: x\r\n\r\n`))),
    manifest("key-empty", mapSections((_, text) => text.replace("\r\n\r\n", `\r\n: x\r\n\r\n`))),
    manifest("empty-value", mapSections((_, text) => text.replace("\r\n\r\n", `\r\nX: \r\n\r\n`))),
    manifest("duplicate-key-right-last", mapSections((_, text) => text.replace("SHA-256-Digest", `SHA-256-Digest: AAAA\r\nSHA-256-Digest`))),
    manifest("duplicate-key-wrong-last", mapSections((_, text) => text.replace("\r\n\r\n", `\r\nSHA-256-Digest: AAAA\r\n\r\n`))),
    manifest("unknown-digest-beside", mapSections((_, text) => text.replace("\r\n\r\n", `\r\nFOO-Digest: AAAA\r\n\r\n`))),
    manifest("unknown-digest-only", mapSections((_, text) => text.replace("SHA-256-Digest", "FOO-Digest"))),
    manifest("nameless-digest", mapSections((_, text) => text.replace("\r\n\r\n", `\r\n-Digest: AAAA\r\n\r\n`))),
    manifest("sha1-beside-right", mapSections((name, text) => text.replace("\r\n\r\n", `\r\nSHA1-Digest: ${sha1(name)}\r\n\r\n`))),
    manifest("sha1-beside-wrong", mapSections((_, text) => text.replace("\r\n\r\n", `\r\nSHA1-Digest: AAAA\r\n\r\n`))),
    manifest("sha-beside-wrong", mapSections((_, text) => text.replace("\r\n\r\n", `\r\nSHA-Digest: AAAA\r\n\r\n`))),
    manifest("md5-beside-wrong", mapSections((_, text) => text.replace("\r\n\r\n", `\r\nMD5-Digest: AAAA\r\n\r\n`))),
    manifest("sha512-beside-wrong", mapSections((_, text) => text.replace("\r\n\r\n", `\r\nSHA-512-Digest: AAAA\r\n\r\n`))),
    manifest("sha1-only", mapSections((name, text) => text.replace(digestLine, `SHA1-Digest: ${sha1(name)}`))),
    manifest("sha-1-only", mapSections((name, text) => text.replace(digestLine, `SHA-1-Digest: ${sha1(name)}`))),
    manifest("sha-only", mapSections((name, text) => text.replace(digestLine, `SHA-Digest: ${sha1(name)}`))),
    manifest("md5-only", mapSections((name, text) => text.replace(digestLine, `MD5-Digest: ${digestOf("md5", name)}`))),
    manifest("sha3-only", mapSections((name, text) => text.replace(digestLine, `SHA3-256-Digest: ${digestOf("sha3-256", name)}`))),
    manifest("no-digest", mapSections((_, text) => text.replace(/SHA-256-Digest: .*\r\n/, "X: y\r\n"))),
    manifest("section-twice", (parts) => ({ ...parts, sections: parts.sections.map(([name, text]) => [name, text + section(name, [["X", "y"]])] as const) })),
    manifest("section-split", (parts) => ({ ...parts, sections: parts.sections.map(([name, text]) => [name, section(name, [["X", "y"]]) + text] as const) })),
    manifest("blank-lines", mapSections((_, text) => `${text}\r\n\r\n`)),
    manifest("leading-blank-line", (parts) => ({ ...parts, main: `\r\n${parts.main}` })),
    manifest("dot-slash", mapSections((_, text) => text.replace("Name: ", "Name: ./"))),
    manifest("slash", mapSections((_, text) => text.replace("Name: ", "Name: /"))),
    manifest("no-name", (parts) => ({ ...parts, main: `${parts.main}X: y\r\n\r\n` })),
    manifest("continuation-first", (parts) => ({ ...parts, main: ` x\r\n${parts.main}` })),
    manifest("without-last-end", (parts) => ({ ...parts, sections: parts.sections.map(([name, text], index) => [name, index === parts.sections.length - 1 ? text.slice(0, -4) : text] as const) })),
    manifest("one-last-end", (parts) => ({ ...parts, sections: parts.sections.map(([name, text], index) => [name, index === parts.sections.length - 1 ? text.slice(0, -2) : text] as const) })),
    manifest("not-utf8", mapSections((_, text) => text.replace("\r\n\r\n", "\r\nX: \xff\xfe\r\n\r\n"))),
    manifest("nul", mapSections((_, text) => text.replace("\r\n\r\n", "\r\nX: a\0b\r\n\r\n"))),
    manifest("extra-section", (parts) => ({ ...parts, sections: [...parts.sections, ["gone.js", section("gone.js", [["SHA-256-Digest", "AAAA"]])]] })),
    manifest("long-main", (parts) => ({ ...parts, main: parts.main.replace("\r\n\r\n", `\r\nLong: ${"y".repeat(60)}\r\n ${"z".repeat(70)}\r\n\r\n`) })),
    late("main-changed", (text) => text.replace("17 (test)", "18 (test)")),
    late("main-changed-without-main-digest", (text) => text.replace("17 (test)", "18 (test)"), { signatureFile: { mainDigest: "absent" } }),
    late("section-changed", (text) => text.replace("SHA-256-Digest: ", "SHA-256-Digest: A")),
    late("section-added", (text) => `${text}Name: added.js\r\nX: y\r\n\r\n`),
    late("section-removed", (text) => text.slice(0, text.lastIndexOf("Name: "))),
    late("sections-reordered", (text) => { const [main = "", ...rest] = text.split("Name: "); return [main, ...rest.reverse()].join("Name: "); }),
    late("blank-line-added", (text) => `${text}\r\n`),
    late("ends-changed", (text) => text.replace(/\r\n/g, "\n")),
    late("section-duplicated", (text) => text + text.slice(text.lastIndexOf("Name: "))),
    file("same", (text) => text),
    file("lf", (text) => text.replace(/\r\n/g, "\n")),
    file("version-2", (text) => text.replace("Signature-Version: 1.0", "Signature-Version: 2.0")),
    file("version-missing", (text) => text.replace("Signature-Version: 1.0\r\n", "")),
    file("version-lower-case", (text) => text.replace("Signature-Version: 1.0", "signature-version: 1.0")),
    file("version-space", (text) => text.replace("Signature-Version: 1.0", "Signature-Version: 1.0 ")),
    file("garbage", () => "garbage"),
    file("broken-line", (text) => text.replace("Created-By: ", "Created-By:")),
    file("no-whole", (text) => text, { signatureFile: { wholeDigest: "absent" } }),
    file("no-main", (text) => text, { signatureFile: { mainDigest: "absent" } }),
    file("no-whole-no-main", (text) => text, { signatureFile: { mainDigest: "absent", wholeDigest: "absent" } }),
    file("wrong-whole", (text) => text, { signatureFile: { wholeDigest: "AAAA" } }),
    file("wrong-main", (text) => text, { signatureFile: { mainDigest: "AAAA" } }),
    file("wrong-whole-and-main", (text) => text, { signatureFile: { mainDigest: "AAAA", wholeDigest: "AAAA" } }),
    file("wrong-whole-no-main", (text) => text, { signatureFile: { mainDigest: "absent", wholeDigest: "AAAA" } }),
    file("wrong-sections-right-whole", (text) => text, { signatureFile: { sections: (sections) => sections.map(([name]) => [name, "AAAA"]) } }),
    file("wrong-sections-wrong-whole", (text) => text, { signatureFile: { wholeDigest: "AAAA", sections: (sections) => sections.map(([name]) => [name, "AAAA"]) } }),
    file("one-wrong-section", (text) => text, { signatureFile: { wholeDigest: "AAAA", sections: (sections) => sections.map(([name, value], index) => [name, index === 0 ? "AAAA" : value]) } }),
    file("bad-base64-whole", (text) => text, { signatureFile: { wholeDigest: "A" } }),
    file("bad-base64-section", (text) => text, { signatureFile: { wholeDigest: "AAAA", sections: (sections) => sections.map(([name]) => [name, "A"]) } }),
    file("missing-section", (text) => text, { signatureFile: { sections: (sections) => [...sections, ["gone.js", "AAAA"]] } }),
    file("missing-section-wrong-whole", (text) => text, { signatureFile: { wholeDigest: "AAAA", sections: (sections) => [...sections, ["gone.js", "AAAA"]] } }),
    file("netscape", (text, parts) => netscape(text, parts), { signatureFile: { wholeDigest: "AAAA" } }),
    file("netscape-mixed", (text, parts) => netscape(text, parts, 1), { signatureFile: { wholeDigest: "AAAA" } }),
    file("section-without-digest", (text) => text.replace(/(Name: manifest\.xml\r\n)SHA-256-Digest: .*\r\n/, "$1X: y\r\n"), { signatureFile: { wholeDigest: "AAAA" } }),
    file("sha1-whole", (text) => text.replace(/SHA-256-Digest-Manifest:/, "SHA1-Digest-Manifest:")),
    file("sha1", (text) => text, { signatureFile: { digest: "sha1" } }),
    file("md5", (text) => text, { signatureFile: { digest: "md5" } }),
    file("sha3", (text) => text, { signatureFile: { digest: "sha3-256" } }),
    file("unknown-whole", (text) => text.replace(/SHA-256-Digest-Manifest:/, "FOO-Digest-Manifest:")),
    file("unknown-main", (text) => text.replace(/SHA-256-Digest-Manifest-Main/, "FOO-Digest-Manifest-Main").replace(/SHA-256-Digest-Manifest: .*\r\n/, "")),
    file("magic-x", (text) => text.replace("\r\n\r\n", "\r\nMagic: X\r\n\r\n")),
    file("dot-slash-names", (text) => text.replace(/Name: /g, "Name: ./")),
    file("lower-case-keys", (text) => text.replace(/SHA-256-Digest-Manifest/g, "sha-256-digest-manifest")),
    file("main-attributes-section", (text, parts) => `${text}Name: Manifest-Main-Attributes\r\nSHA-256-Digest: ${digest("sha256", parts.main)}\r\n\r\n`, { signatureFile: { wholeDigest: "AAAA" } }),
    file("no-last-end", (text) => text.slice(0, -4)),
  ]; // prettier-ignore
}

function sha1(name: string): string {
  return digestOf("sha1", name);
}

function digestOf(algorithm: string, name: string): string {
  return digest(algorithm, files.find((one) => one.name === name)?.data ?? "");
}

function digest(algorithm: string, bytes: string | Buffer): string {
  return createHash(algorithm)
    .update(typeof bytes === "string" ? latin1(bytes) : bytes)
    .digest("base64");
}

/** Hashes sections without their blank line, as Netscape did, from the given one on. */
function netscape(text: string, parts: ManifestParts, from = 0): string {
  let index = 0;
  return text.replace(/Name: (\S+)\r\nSHA-256-Digest: (\S+)/g, (all, name: string) => {
    const own = parts.sections.find(([one]) => one === name)?.[1] ?? "";
    return index++ < from ? all : `Name: ${name}\r\nSHA-256-Digest: ${digest("sha256", own.slice(0, -2))}`;
  });
}
