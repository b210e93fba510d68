import { issue, name as distinguishedName, purposes, usages, extension } from "../build/certificates";
import { algorithmProtection, attribute, openLengths, signedData, signingTime } from "../build/cms";
import {
  bitString,
  context,
  ia5String,
  integer,
  nullValue,
  octetString,
  oid,
  printableString,
  sequence,
  set,
  tlv,
  utf8String,
} from "../build/der";
import { digestAlgorithm, keyPair } from "../build/keys";
import { jar, usual } from "./case";
import type { BlockSpec, Case } from "./case";
import { intermediate, root, rsaSigner, secondSigner, signer, stranger } from "./pki";

const block = (name: string, spec: BlockSpec): Case => ({ name: `block-${name}`, taco: jar({ blocks: [spec] }) });
const flip = (signature: Buffer): Buffer => {
  const copy = Buffer.from(signature);
  copy[copy.length - 1] = (copy[copy.length - 1] ?? 0) ^ 1;
  return copy;
};
const good = (): BlockSpec => ({ base: "SECOND", signers: [usual({ certificate: secondSigner })] });
const two = (name: string, spec: BlockSpec): Case => ({ name: `two-blocks-${name}`, taco: jar({ blocks: [good(), spec] }) });

/** Reference sections 2.3 and 5.6: the signature block. */
export function blockCases(): Case[] {
  const rsa = { certificate: rsaSigner };
  return [
    block("attached", { attached: "attached" }),
    block("attached-other-content", { attached: "attached", tamperContent: Buffer.from("Signature-Version: 1.0\r\n\r\n") }),
    block("attached-without-file", { attached: "attached", rawSignatureFile: "absent" }),
    block("without-attributes", { signers: [usual({ attributes: "none" })] }),
    block("with-signing-time", { signers: [usual({ extraAttributes: [signingTime("2024-06-01")] })] }),
    block("with-unknown-attribute", { signers: [usual({ extraAttributes: [attribute("1.2.3.4", utf8String("x"))] })] }),
    block("with-smime-capabilities", { signers: [usual({ extraAttributes: [attribute("1.2.840.113549.1.9.15", sequence())] })] }),
    block("with-refused-attribute", { signers: [usual({ extraAttributes: [attribute("1.2.840.113549.1.9.9", sequence())] })] }),
    block("with-duplicate-attribute", { signers: [usual({ extraAttributes: [signingTime("2024-06-01"), signingTime("2024-06-02")] })] }),
    block("with-two-valued-signing-time", { signers: [usual({ extraAttributes: [attribute("1.2.840.113549.1.9.5", tlv(23, Buffer.from("240601000000Z")), tlv(23, Buffer.from("240601000001Z")))] })] }),
    block("algorithm-protection", { signers: [usual({ extraAttributes: [algorithmProtection(digestAlgorithm("sha256"), sequence(oid("1.2.840.10045.4.3.2")))] })] }),
    block("algorithm-protection-wrong", { signers: [usual({ extraAttributes: [algorithmProtection(digestAlgorithm("sha512"), sequence(oid("1.2.840.10045.4.3.2")))] })] }),
    block("attributes-without-digest", { signers: [usual({ attributes: [attribute("1.2.840.113549.1.9.3", oid("1.2.840.113549.1.7.1"))] })] }),
    block("attributes-without-type", { signers: [usual({ attributes: [attribute("1.2.840.113549.1.9.4", octetString(Buffer.alloc(32)))] })] }),
    block("attributes-wrong-digest", { signers: [usual({ attributes: [attribute("1.2.840.113549.1.9.3", oid("1.2.840.113549.1.7.1")), attribute("1.2.840.113549.1.9.4", octetString(Buffer.alloc(32)))] })] }),
    block("attributes-wrong-type", { signers: [usual({ contentType: "1.2.840.113549.1.9.16.1.4" })] }),
    block("content-type-other", { contentType: "1.2.3.4.5" }),
    block("content-type-other-attached", { contentType: "1.2.3.4.5", attached: "attached" }),
    block("content-type-timestamp-info", { contentType: "1.2.840.113549.1.9.16.1.4" }),
    block("wrong-signature", { signers: [usual({ tamper: flip })] }),
    block("wrong-signature-rsa", { signers: [usual({ ...rsa, tamper: flip })] }),
    block("wrong-signature-direct", { signers: [usual({ attributes: "none", tamper: flip })] }),
    block("short-signature-rsa", { signers: [usual({ ...rsa, tamper: (signature) => signature.subarray(1) })] }),
    block("empty-signature", { signers: [usual({ tamper: () => Buffer.alloc(0) })] }),
    block("signature-not-der", { signers: [usual({ tamper: () => Buffer.from("no signature") })] }),
    block("signature-trailing-bytes", { signers: [usual({ tamper: (signature) => Buffer.concat([signature, Buffer.from([0])]) })] }),
    block("signed-other-file", { signs: Buffer.from("Signature-Version: 1.0\r\n\r\n") }),
    block("signed-other-file-direct", { signs: Buffer.from("Signature-Version: 1.0\r\n\r\n"), signers: [usual({ attributes: "none" })] }),
    block("other-key", { signers: [usual({ key: keyPair("ec:prime256v1", "thief") })] }),
    block("other-kind-of-key", { signers: [usual({ key: keyPair("rsa:2048", "thief") })] }),
    block("no-certificates", { certificates: [] }),
    block("other-certificates", { certificates: [intermediate, root] }),
    block("no-signers", { signers: [], certificates: [signer, intermediate] }),
    block("two-signers", { signers: [usual(), usual({ certificate: secondSigner })] }),
    block("two-signers-second-wrong", { signers: [usual(), usual({ certificate: secondSigner, tamper: flip })] }),
    block("two-signers-first-wrong", { signers: [usual({ tamper: flip }), usual({ certificate: secondSigner })] }),
    block("two-signers-second-untrusted", { signers: [usual(), usual({ certificate: stranger })] }),
    block("two-signers-second-unsupported", { signers: [usual(), usual({ certificate: secondSigner, digestAlgorithm: sequence(oid("1.2.3.4")) })] }),
    block("two-signers-one-timestamp", { signers: [usual(), { certificate: secondSigner }] }),
    block("subject-key-identifier", { signers: [usual({ identifier: tlv(0x80, Buffer.alloc(20, 7)), version: 3 })] }),
    block("version-0", { version: 0 }),
    block("version-huge", { version: 99999 }),
    block("signer-version-9", { signers: [usual({ version: 9 })] }),
    block("certificates-reversed", { certificates: [intermediate, signer] }),
    block("unrelated-certificates", { certificates: [signer, intermediate, secondSigner, stranger, rsaSigner] }),
    block("certificate-twice", { certificates: [signer, signer, intermediate, intermediate] }),
    block("root-embedded", { certificates: [signer, intermediate, root] }),
    block("garbage-certificate", { rawCertificates: [sequence(integer(1))] }),
    block("attribute-certificate", { rawCertificates: [context(1, integer(1))] }),
    block("integer-certificate", { rawCertificates: [integer(5)] }),
    block("bad-utf8-certificate", { rawCertificates: [issue({ subject: "CN=x", rawSubject: sequence(set(sequence(oid("2.5.4.3"), tlv(12, Buffer.from([0xff, 0xfe]))))) }).der] }),
    block("revocation-list", { crls: [sequence(sequence(integer(1), sequence(oid("1.2.840.10045.4.3.2")), distinguishedName("CN=x"), tlv(23, Buffer.from("240601000000Z"))), sequence(oid("1.2.840.10045.4.3.2")), bitString(Buffer.alloc(8)))] }),
    block("garbage-revocation-list", { crls: [integer(1)] }),
    block("open-lengths", { rawBlock: openLengths }),
    block("trailing-bytes", { rawBlock: (der) => Buffer.concat([der, Buffer.from("trailing")]) }),
    block("cut-off", { rawBlock: (der) => der.subarray(0, der.length - 5) }),
    block("garbage", { rawBlock: Buffer.from("no block at all") }),
    block("text", { rawBlock: Buffer.from("-----BEGIN PKCS7-----") }),
    block("not-signed-data", { rawBlock: sequence(oid("1.2.840.113549.1.7.1"), context(0, octetString(Buffer.from("x")))) }),
    block("bare-signed-data", { rawBlock: (der) => der.subarray(4 + 11 + 4) }),
    block("deep", { rawBlock: deep(60_000) }),
    block("deep-open", { rawBlock: Buffer.concat([Buffer.alloc(60_000, Buffer.from([0x30, 0x80])), Buffer.alloc(60_000)]) }),
    block("huge-length", { rawBlock: Buffer.from("308400ffffffff0102", "hex") }),
    block("many-elements", { rawBlock: sequence(...Array.from({ length: 60_000 }, () => nullValue())) }),
    block("long-form-length", { rawBlock: (der) => Buffer.concat([Buffer.from([0x30, 0x83, 0]), der.subarray(2)]) }),
    block("rsa-extension-with-ec", { extension: "RSA" }),
    block("dsa-extension-with-ec", { extension: "DSA" }),
    block("digest-algorithms-empty", { rawBlock: (der) => der }),
    block("utf8-issuer-printable-name", { signers: [usual({ identifier: sequence(distinguishedName("CN=Test Issuing CA,O=Acme,C=DE", printableString), integer(signer.serial)) })] }),
    block("issuer-other-case", { signers: [usual({ identifier: sequence(distinguishedName("CN=TEST  issuing ca,O=acme,C=de"), integer(signer.serial)) })] }),
    block("issuer-ia5", { signers: [usual({ identifier: sequence(distinguishedName("CN=Test Issuing CA,O=Acme,C=DE", ia5String), integer(signer.serial)) })] }),
    block("issuer-other-order", { signers: [usual({ identifier: sequence(distinguishedName("C=DE,O=Acme,CN=Test Issuing CA"), integer(signer.serial)) })] }),
    block("serial-other", { signers: [usual({ identifier: sequence(signer.issuerName, integer(signer.serial + 1n)) })] }),
    block("key-usage-none", { signers: [usual({ certificate: issue({ subject: "CN=No Signing", issuer: intermediate, keyUsage: [usages.keyEncipherment] }) })] }),
    block("unknown-critical-extension", { signers: [usual({ certificate: issue({ subject: "CN=Critical", issuer: intermediate, extensions: [extension("1.2.3.4", nullValue(), "critical")] }) })] }),
    block("unknown-extension", { signers: [usual({ certificate: issue({ subject: "CN=Plain", issuer: intermediate, extensions: [extension("1.2.3.4", nullValue())] }) })] }),
    block("malformed-extension", { signers: [usual({ certificate: issue({ subject: "CN=Malformed", issuer: intermediate, extensions: [extension("2.5.29.17", integer(1))] }) })] }),
    block("malformed-critical-extension", { signers: [usual({ certificate: issue({ subject: "CN=Malformed Critical", issuer: intermediate, extensions: [extension("2.5.29.17", integer(1), "critical")] }) })] }),
    block("duplicate-extension", { signers: [usual({ certificate: issue({ subject: "CN=Duplicate", issuer: intermediate, extensions: [extension("1.2.3.4", nullValue()), extension("1.2.3.4", nullValue())] }) })] }),
    block("purpose-server", { signers: [usual({ certificate: issue({ subject: "CN=Server", issuer: intermediate, extendedKeyUsage: [purposes.serverAuth] }) })] }),
    two("second-garbage", { rawBlock: Buffer.from("garbage") }),
    two("second-wrong-signature", { signers: [usual({ tamper: flip })] }),
    two("second-untrusted", { signers: [usual({ certificate: stranger })], certificates: [stranger] }),
    two("second-without-file", { rawSignatureFile: "absent" }),
    two("second-without-block", { rawBlock: "absent" }),
    two("second-version-2", { signatureFile: { main: "Signature-Version: 2.0\r\n" } }),
    two("second-wrong-main", { signatureFile: { wholeDigest: "AAAA", mainDigest: "AAAA" } }),
    two("second-weak", { signatureFile: { digest: "sha1" } }),
    two("second-same", { signers: [usual({ certificate: secondSigner })] }),
    two("second-no-timestamp", { signers: [{ certificate: signer }] }),
    { name: "two-blocks-one-file", taco: jar({ blocks: [{}], entries: (entries) => [...entries.slice(0, 3), { name: "META-INF/VENDOR.RSA", data: entries[2]?.data ?? "" }, ...entries.slice(3)] }) },
    { name: "block-content-is-set", taco: jar({ blocks: [{ rawSignatureFile: set(integer(1)), signers: [usual({ attributes: "none" })] }] }) },
    { name: "block-attributes-as-file", taco: attributesAsFile() },
  ]; // prettier-ignore
}

function deep(depth: number): Buffer {
  let at: Buffer = Buffer.alloc(0);
  const levels: Buffer[] = [];
  for (let level = 0; level < Math.min(depth, 400); level++) {
    at = sequence(at);
    levels.push(at);
  }
  return at;
}

/** The signed attributes of a good block, presented as a signature file without attributes (RFC 5652, 5.3). */
function attributesAsFile(): Buffer {
  const content = Buffer.from("Signature-Version: 1.0\r\n\r\n");
  const attributes = set(
    attribute("1.2.840.113549.1.9.3", oid("1.2.840.113549.1.7.1")),
    attribute("1.2.840.113549.1.9.4", octetString(Buffer.alloc(32))),
  );
  return jar({
    blocks: [
      {
        rawSignatureFile: attributes,
        rawBlock: signedData(content, { signers: [usual({ attributes: "none" })], certificates: [signer, intermediate] }),
      },
    ],
  });
}
