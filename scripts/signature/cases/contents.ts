import { entry, latin1 } from "../build/jar";
import { files, jar, replaceIn, usual } from "./case";
import type { Case } from "./case";
import { secondSigner } from "./pki";

const junk = "nothing that was signed\n";
const adding = (name: string, data: string | Buffer = junk): Buffer => jar({ entries: (entries) => [...entries, entry(name, data)] });

/** Reference section 2.2: contents, entries, signature-related files. */
export function contentCases(): Case[] {
  const added = [
    "added.js", "META-INF/added.txt", "META-INF/sub/added.txt", "META-INF/SIG-X", "META-INF/SIG-X.RSA", "META-INF/SIG-ABC.X1", "META-INF/SIG-ABC.LONG",
    "META-INF/sig-lower", "META-INF/OTHER.SF", "META-INF/OTHER.RSA", "META-INF/OTHER.DSA", "META-INF/OTHER.EC", "META-INF/other.rsa", "META-INF/sub/X.RSA",
    "META-INF/sub/X.SF", "META-INF/INDEX.LIST", "META-INF/", "empty/", "X.RSA", "X.SF", "META-INF/VENDOR.DSA", "META-INF/VENDOR.RSA", "META-INF/services/x",
  ]; // prettier-ignore
  return [
    { name: "good", taco: jar() },
    { name: "good-without-timestamp", taco: jar({ blocks: [{ signers: [usual({ timestamp: undefined } as never)] }] }) },
    { name: "good-two-digests", taco: jar({ digests: ["sha256", "sha512"] }) },
    { name: "good-sha512", taco: jar({ digests: ["sha512"], blocks: [{ signatureFile: { digest: "sha512" } }] }) },
    { name: "good-stored", taco: jar({ entries: (entries) => entries.map((one) => ({ ...one, method: 0 as const })) }) },
    { name: "good-directories", taco: jar({ entries: (entries) => [entry("META-INF/", ""), ...entries, entry("folder/", "")] }) },
    { name: "unsigned-with-manifest", taco: jar({ blocks: [] }) },
    { name: "unsigned-without-manifest", taco: jar({ blocks: [], entries: (entries) => entries.slice(1) }) },
    { name: "stripped-meta-inf", taco: jar({ entries: (entries) => entries.filter(({ name }) => !name.startsWith("META-INF/")) }) },
    { name: "stripped-manifest", taco: jar({ entries: (entries) => entries.slice(1) }) },
    { name: "stripped-signature-file", taco: jar({ entries: (entries) => entries.filter(({ name }) => !name.endsWith(".SF")) }) },
    { name: "stripped-block", taco: jar({ entries: (entries) => entries.filter(({ name }) => !name.endsWith(".EC")) }) },
    { name: "tampered-entry", taco: jar({ entries: (entries) => replaceIn(entries, "connectionBuilder.js", (one) => ({ ...one, data: junk })) }) },
    { name: "truncated-entry", taco: jar({ entries: (entries) => replaceIn(entries, "connectionBuilder.js", (one) => ({ ...one, data: "(function" })) }) },
    { name: "emptied-entry", taco: jar({ entries: (entries) => replaceIn(entries, "connectionBuilder.js", (one) => ({ ...one, data: "" })) }) },
    { name: "swapped-entries", taco: jar({ entries: (entries) => entries.map((one) => (one.name === "manifest.xml" ? { ...one, name: "connectionFields.xml" } : one.name === "connectionFields.xml" ? { ...one, name: "manifest.xml" } : one)) }) },
    { name: "renamed-entry", taco: jar({ entries: (entries) => replaceIn(entries, "connectionBuilder.js", (one) => ({ ...one, name: "builder.js" })) }) },
    { name: "recased-entry", taco: jar({ entries: (entries) => replaceIn(entries, "connectionBuilder.js", (one) => ({ ...one, name: "ConnectionBuilder.js" })) }) },
    { name: "removed-entry", taco: jar({ entries: (entries) => entries.filter(({ name }) => name !== "connectionBuilder.js") }) },
    { name: "removed-all-entries", taco: jar({ entries: (entries) => entries.filter(({ name }) => name.startsWith("META-INF/")) }) },
    { name: "duplicate-same", taco: jar({ entries: (entries) => [...entries, entries.at(-1) ?? entry("x", "")] }) },
    { name: "duplicate-other-last", taco: jar({ entries: (entries) => [...entries, entry("connectionBuilder.js", junk)] }) },
    { name: "duplicate-other-first", taco: jar({ entries: (entries) => [...entries.slice(0, 3), entry("connectionBuilder.js", junk), ...entries.slice(3)] }) },
    { name: "directory-with-data", taco: adding("folder/", junk) },
    { name: "manifest-last", taco: jar({ entries: ([manifest, ...rest]) => [...rest, manifest ?? entry("x", "")] }) },
    { name: "signature-files-last", taco: jar({ entries: (entries) => [...entries.filter(({ name }) => !name.startsWith("META-INF/V")), ...entries.filter(({ name }) => name.startsWith("META-INF/V"))] }) },
    { name: "block-before-signature-file", taco: jar({ entries: ([manifest = entry("x", ""), file = entry("x", ""), block = entry("x", ""), ...rest]) => [manifest, block, file, ...rest] }) },
    { name: "two-manifests", taco: jar({ entries: (entries) => [...entries, entries[0] ?? entry("x", "")] }) },
    { name: "two-manifests-other-case", taco: jar({ entries: (entries) => [...entries, entry("meta-inf/manifest.mf", "Manifest-Version: 1.0\r\n\r\n")] }) },
    { name: "manifest-lower-case", taco: jar({ entries: (entries) => replaceIn(entries, "META-INF/MANIFEST.MF", (one) => ({ ...one, name: "meta-inf/manifest.mf" })) }) },
    { name: "signature-files-lower-case", taco: jar({ entries: (entries) => entries.map((one) => (one.name.startsWith("META-INF/V") ? { ...one, name: one.name.toLowerCase() } : one)) }) },
    { name: "two-equal-signature-files", taco: jar({ entries: (entries) => [...entries, entries[1] ?? entry("x", "")] }) },
    { name: "two-equal-blocks", taco: jar({ entries: (entries) => [...entries, entries[2] ?? entry("x", "")] }) },
    { name: "two-other-signature-files", taco: jar({ entries: (entries) => [...entries, entry("META-INF/VENDOR.SF", "Signature-Version: 1.0\r\n\r\n")] }) },
    { name: "signature-files-of-two-cases", taco: jar({ entries: (entries) => [...entries, entry("META-INF/vendor.SF", "Signature-Version: 1.0\r\n\r\n")] }) },
    { name: "empty-signature-file", taco: jar({ blocks: [{ rawSignatureFile: Buffer.alloc(0) }] }) },
    { name: "empty-block", taco: jar({ blocks: [{ rawBlock: Buffer.alloc(0) }] }) },
    { name: "two-signers", taco: jar({ blocks: [{}, { base: "SECOND", signers: [usual({ certificate: secondSigner })] }] }) },
    { name: "second-signer-partly", taco: jar({ blocks: [{}, { base: "SECOND", signers: [usual({ certificate: secondSigner })], signatureFile: { sections: (sections) => sections.slice(0, 1) } }] }) },
    { name: "signer-partly", taco: jar({ blocks: [{ signatureFile: { sections: (sections) => sections.slice(0, 1) } }] }) },
    { name: "signer-of-nothing", taco: jar({ blocks: [{ signatureFile: { sections: "absent" } }] }) },
    ...added.map((name) => ({ name: `added-${name.replace(/[^A-Za-z0-9]+/g, "-").toLowerCase()}${name.endsWith("/") ? "-dir" : ""}${/[a-z]/.test(name) && /\.rsa$|sig-l/.test(name) ? "-lower" : ""}`, taco: adding(name, name.endsWith("/") ? "" : junk) })),
    ...hostileNames().map(([label, name]) => ({ name: `name-${label}`, taco: jar({ files: [...files, { name, data: "named\n" }] }) })),
    { name: "name-case-pair", taco: jar({ files: [...files, { name: "a.js", data: "a" }, { name: "A.js", data: "A" }] }) },
    { name: "name-unicode-pair", taco: jar({ files: [...files, { name: "\u00e9.js", data: "a" }, { name: "e\u0301.js", data: "b" }] }) },
    // Larger than Java reads, but refused by us before that as a bomb.
    { name: "large-signature-file", taco: jar({ entries: (entries) => [...entries, entry("META-INF/BIG.SF", Buffer.alloc(16_000_001, "A"))] }) },
    { name: "large-manifest", taco: jar({ entries: (entries) => replaceIn(entries, "META-INF/MANIFEST.MF", (one) => ({ ...one, data: Buffer.concat([Buffer.from(one.data ?? ""), latin1("\r\n".repeat(8_000_000))]) })) }) },
  ]; // prettier-ignore
}

function hostileNames(): (readonly [string, string])[] {
  return [
    ["parent", "../evil.js"],
    ["parent-inside", "a/../../evil.js"],
    ["absolute", "/evil.js"],
    ["dot", "./evil.js"],
    ["backslash", "..\\evil.js"],
    ["drive", "C:\\evil.js"],
    ["stream", "a.js::$DATA"],
    ["nul", "a\u0000.js"],
    ["trailing-dot", "a.js."],
    ["trailing-space", "a.js "],
    ["newline", "a\u0085b.js"],
    ["emoji", "\u{1f600}.js"],
    ["long", `${"x".repeat(400)}.js`],
    ["long-unicode", `${"\u00e4\u20ac".repeat(60)}.js`],
    ["double-slash", "a//b.js"],
    ["right-to-left", "a\u202ejs.exe"],
  ];
}
