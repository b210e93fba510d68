import { extension, generalName, issue, name as distinguishedName, purposes, usages } from "../build/certificates";
import type { CertificateSpec, Issued } from "../build/certificates";
import {
  context,
  ia5String,
  implicit,
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
import { defaultStore, jar, usual } from "./case";
import type { Case } from "./case";
import { intermediate, root, signer, strangeRoot, stranger, timestampRoot } from "./pki";

const chain = (name: string, leaf: Issued, between: readonly Issued[], store?: readonly Issued[]): Case => ({
  name: `chain-${name}`,
  taco: jar({ blocks: [{ signers: [usual({ certificate: leaf })], certificates: [leaf, ...between] }] }),
  ...(store === undefined ? {} : { store }),
});
const leafOf = (label: string, spec: Partial<CertificateSpec>): Case => {
  const leaf = issue({ subject: `CN=Leaf ${label}`, issuer: intermediate, ...spec });
  return chain(`leaf-${label}`, leaf, [intermediate, root]);
};
const caOf = (label: string, spec: Partial<CertificateSpec>, leafSpec: Partial<CertificateSpec> = {}): Case => {
  const ca = issue({ subject: `CN=CA ${label}`, ca: "ca", issuer: root, ...spec });
  return chain(`ca-${label}`, issue({ subject: `CN=Leaf of ${label},O=Acme,C=DE`, issuer: ca, ...leafSpec }), [ca, root]);
};
const constraints = (kind: "permitted" | "excluded", ...names: readonly Buffer[]): Buffer =>
  extension("2.5.29.30", sequence(context(kind === "permitted" ? 0 : 1, ...names.map((one) => sequence(one)))), "critical");
const directory = (text: string): Buffer => context(4, distinguishedName(text));
const policies = (critical: "critical" | "plain", ...ids: readonly string[]): Buffer =>
  extension("2.5.29.32", sequence(...ids.map((id) => sequence(oid(id)))), critical);

/** Reference sections 2.4 and 5.7: chains and trust. */
export function chainCases(): Case[] {
  const store = (...certificates: readonly Issued[]): readonly Issued[] => [...certificates, timestampRoot];
  const deep = issue({ subject: "CN=Deep CA", ca: "ca", issuer: intermediate });
  const deeper = issue({ subject: "CN=Deeper CA", ca: "ca", issuer: deep });
  const deepLeaf = issue({ subject: "CN=Deep Leaf", issuer: deeper });
  const selfSigned = issue({ subject: "CN=Self" });
  const rootTwin = issue({ subject: "CN=Test Root,O=Acme,C=DE", ca: "ca", serial: 77n, key: "ec:prime256v1" });
  const rootImpostor = issue({ subject: "CN=Test Root,O=Acme,C=DE", ca: "ca", key: "rsa:2048" });
  const cross = issue({ subject: "CN=Test Issuing CA,O=Acme,C=DE", ca: "ca", issuer: strangeRoot });
  const crossLeaf = issue({ subject: "CN=Cross Leaf", issuer: intermediate });
  const nameless = issue({ subject: "CN=Nameless CA", ca: "ca", issuer: root });
  const oldRoot = issue({ subject: "CN=Old Root", ca: "ca", to: "2015-01-01", from: "2000-01-01" });
  const weakRoot = issue({ subject: "CN=Weak Root", ca: "ca", key: "rsa:2048", signature: { digest: "sha1" } });
  const smallRoot = issue({ subject: "CN=Small Root", ca: "ca", key: "rsa:768" });
  const rootV1 = issue({ subject: "CN=Root V1", version: 1 });
  const rootNotCa = issue({ subject: "CN=Root No CA", ca: "not-ca", keyUsage: "absent", extendedKeyUsage: [] });
  const rootNoUsage = issue({ subject: "CN=Root No Usage", ca: "ca", keyUsage: [usages.digitalSignature] });
  const rootConstrained = issue({
    subject: "CN=Root Constrained",
    ca: "ca",
    pathLength: 0,
    extensions: [constraints("permitted", directory("O=Nobody"))],
  });
  const under = (label: string, anchor: Issued): Case =>
    chain(label, issue({ subject: `CN=Under ${label}`, issuer: anchor }), [], store(anchor));
  return [
    chain("full", signer, [intermediate, root]),
    chain("without-intermediate", signer, []),
    chain("intermediate-in-store", signer, [], store(intermediate)),
    chain("intermediate-in-store-and-block", signer, [intermediate], store(intermediate)),
    chain("leaf-in-store", signer, [], store(signer)),
    chain("leaf-in-store-wrong-usage", issue({ subject: "CN=Trusted Server", issuer: strangeRoot, extendedKeyUsage: [purposes.serverAuth] }), [], store(issue({ subject: "CN=unused" }))),
    ...[issue({ subject: "CN=Trusted Server 2", issuer: strangeRoot, extendedKeyUsage: [purposes.serverAuth] })].map((leaf) => chain("leaf-in-store-wrong-usage-2", leaf, [], store(leaf))),
    ...[issue({ subject: "CN=Trusted Expired", issuer: strangeRoot, from: "2010-01-01", to: "2015-01-01" })].map((leaf) => chain("leaf-in-store-expired", leaf, [], store(leaf))),
    chain("untrusted", stranger, []),
    chain("untrusted-with-root", stranger, [strangeRoot]),
    chain("untrusted-other-store", signer, [intermediate], store(strangeRoot)),
    chain("self-signed", selfSigned, []),
    chain("self-signed-trusted", selfSigned, [], store(selfSigned)),
    chain("self-issued-not-signed", issue({ subject: "CN=Pretender", rawIssuer: distinguishedName("CN=Pretender"), issuer: root }), []),
    chain("deep", deepLeaf, [deeper, deep, intermediate]),
    chain("deep-with-root", deepLeaf, [root, deeper, intermediate, deep]),
    chain("deep-other-order", deepLeaf, [intermediate, deeper, deep]),
    chain("deep-with-gap", deepLeaf, [deeper, intermediate]),
    chain("deep-full", deepLeaf, [deeper, deep, intermediate, root]),
    chain("root-twin-in-block", signer, [intermediate, rootTwin]),
    chain("root-impostor-in-block", signer, [intermediate, rootImpostor]),
    chain("root-impostor-only", signer, [rootImpostor, intermediate], store(rootImpostor)),
    chain("root-and-impostor-in-store", signer, [intermediate], store(rootImpostor, root)),
    chain("cross-first", crossLeaf, [cross, intermediate]),
    chain("cross-last", crossLeaf, [intermediate, cross]),
    chain("cross-only", crossLeaf, [cross]),
    chain("cross-trusted", crossLeaf, [cross], store(strangeRoot)),
    chain("cross-with-roots", crossLeaf, [cross, intermediate, strangeRoot, root]),
    chain("cross-wrong-signature", issue({ subject: "CN=Wrong Leaf", issuer: cross, key: "ec:prime256v1" }), [intermediate]),
    chain("name-only", issue({ subject: "CN=Name Only", issuer: { ...strangeRoot, subjectName: intermediate.subjectName } }), [intermediate]),
    chain("loop", ...loop()),
    chain("nameless-ok", issue({ subject: "CN=Leaf", issuer: nameless }), [nameless]),
    under("anchor-expired", oldRoot),
    under("anchor-sha1", weakRoot),
    under("anchor-768", smallRoot),
    under("anchor-v1", rootV1),
    under("anchor-not-ca", rootNotCa),
    under("anchor-no-cert-sign", rootNoUsage),
    under("anchor-constrained", rootConstrained),
    ...[issue({ subject: "CN=Sub Constrained", ca: "ca", issuer: rootConstrained })].map((ca) => chain("anchor-constrained-sub", issue({ subject: "CN=Leaf", issuer: ca }), [ca], store(rootConstrained))),
    leafOf("no-eku", { extendedKeyUsage: [] }),
    leafOf("eku-any", { extendedKeyUsage: [purposes.any] }),
    leafOf("eku-server", { extendedKeyUsage: [purposes.serverAuth] }),
    leafOf("eku-both", { extendedKeyUsage: [purposes.serverAuth, purposes.codeSigning] }),
    leafOf("no-ku", { keyUsage: "absent" }),
    leafOf("ku-non-repudiation", { keyUsage: [usages.nonRepudiation] }),
    leafOf("ku-cert-sign", { keyUsage: [usages.keyCertSign] }),
    leafOf("ku-encipher-only", { keyUsage: [usages.encipherOnly] }),
    leafOf("ku-empty", { keyUsage: [] }),
    leafOf("is-ca", { ca: "ca", keyUsage: [usages.digitalSignature, usages.keyCertSign], extendedKeyUsage: [purposes.codeSigning] }),
    leafOf("netscape-object-signing", { extensions: [extension("2.16.840.1.113730.1.1", tlv(3, Buffer.from([4, 0x10])))] }),
    leafOf("netscape-ssl", { extensions: [extension("2.16.840.1.113730.1.1", tlv(3, Buffer.from([6, 0x40])))] }),
    leafOf("netscape-malformed", { extensions: [extension("2.16.840.1.113730.1.1", integer(1))] }),
    leafOf("v1", { version: 1 }),
    leafOf("sha1", { signature: { digest: "sha1" } }),
    leafOf("critical-policies", { extensions: [policies("critical", "1.2.3.4")] }),
    leafOf("critical-crl-points", { extensions: [extension("2.5.29.31", sequence(), "critical")] }),
    leafOf("empty-subject", { subject: "" }),
    leafOf("alternative-name", { extensions: [extension("2.5.29.17", sequence(generalName("email", "a@b.example")))] }),
    leafOf("negative-serial", { serial: 5n, tamper: (der) => der }),
    leafOf("bmp-name", { rawSubject: distinguishedName("CN=Wide", (text) => tlv(30, Buffer.from(text, "utf16le").swap16())) }),
    leafOf("key-identifier-wrong", { extensions: [extension("2.5.29.35", sequence(implicit(0, Buffer.alloc(20, 9))))] }),
    leafOf("utc-time-1950", { from: "1950-01-01" }),
    leafOf("rsa-1024", { key: "rsa:1024" }),
    caOf("not-ca", { ca: "not-ca", keyUsage: [usages.keyCertSign], extendedKeyUsage: [] }),
    caOf("no-basic-constraints", { ca: undefined as never, keyUsage: [usages.keyCertSign], extendedKeyUsage: [] }),
    caOf("v1", { version: 1 }),
    caOf("no-cert-sign", { keyUsage: [usages.digitalSignature] }),
    caOf("no-ku", { keyUsage: "absent" }),
    caOf("eku-server", { extendedKeyUsage: [purposes.serverAuth] }),
    caOf("rsa-1024", { key: "rsa:1024" }),
    caOf("rsa-768", { key: "rsa:768" }),
    caOf("sha1-leaf", { key: "rsa:2048" }, { signature: { digest: "sha1" } }),
    caOf("md5-leaf", { key: "rsa:2048" }, { signature: { digest: "md5" } }),
    caOf("pss-leaf", { key: "rsa:2048" }, { signature: { pss: { saltLength: 32 } } }),
    caOf("unknown-critical", { extensions: [extension("1.2.3.4", nullValue(), "critical")] }),
    caOf("path-length-0", { pathLength: 0 }),
    ...[issue({ subject: "CN=Short CA", ca: "ca", issuer: root, pathLength: 0 })].flatMap((short) => {
      const below = issue({ subject: "CN=Too Deep", ca: "ca", issuer: short });
      const selfIssued = issue({ subject: "CN=Short CA", rawSubject: distinguishedName("CN=Short CA"), ca: "ca", issuer: short, key: "ec:secp384r1" });
      return [
        chain("path-length-exceeded", issue({ subject: "CN=Leaf", issuer: below }), [below, short, root]),
        chain("path-length-self-issued", issue({ subject: "CN=Leaf", issuer: selfIssued }), [selfIssued, short, root]),
      ];
    }),
    ...[issue({ subject: "CN=Long CA", ca: "ca", issuer: root, pathLength: 1 })].map((long) => {
      const below = issue({ subject: "CN=Just Deep", ca: "ca", issuer: long });
      return chain("path-length-met", issue({ subject: "CN=Leaf", issuer: below }), [below, long, root]);
    }),
    caOf("names-permitted", { extensions: [constraints("permitted", directory("CN=Leaf of names-permitted"))] }),
    caOf("names-permitted-prefix", { extensions: [constraints("permitted", directory("CN=Leaf of names-permitted-prefix,O=Acme"))] }),
    caOf("names-not-permitted", { extensions: [constraints("permitted", directory("O=Elsewhere"))] }),
    caOf("names-excluded", { extensions: [constraints("excluded", directory("CN=Leaf of names-excluded"))] }),
    caOf("names-not-excluded", { extensions: [constraints("excluded", directory("O=Elsewhere"))] }),
    caOf("names-dns", { extensions: [constraints("permitted", generalName("dns", "example.com"))] }),
    caOf("names-dns-host-name", { extensions: [constraints("permitted", generalName("dns", "example.com"))] }, { subject: "CN=other.example" }),
    caOf("names-dns-host-name-inside", { extensions: [constraints("permitted", generalName("dns", "example.com"))] }, { subject: "CN=www.example.com" }),
    caOf("names-email", { extensions: [constraints("permitted", generalName("email", "example.com"))] }, { extensions: [extension("2.5.29.17", sequence(generalName("email", "a@example.com")))] }),
    caOf("names-email-other", { extensions: [constraints("permitted", generalName("email", "example.com"))] }, { extensions: [extension("2.5.29.17", sequence(generalName("email", "a@other.example")))] }),
    caOf("names-email-in-subject", { extensions: [constraints("excluded", generalName("email", "example.com"))] }, { subject: "CN=Leaf,E=a@example.com" }),
    caOf("names-minimum", { extensions: [extension("2.5.29.30", sequence(context(0, sequence(directory("CN=x"), implicit(0, Buffer.from([1]))))), "critical")] }),
    caOf("policies", { extensions: [policies("plain", "1.2.3.4")] }, { extensions: [policies("plain", "1.2.3.4")] }),
    caOf("policy-required", { extensions: [policies("plain", "1.2.3.4"), extension("2.5.29.36", sequence(implicit(0, Buffer.from([0]))), "critical")] }, { extensions: [policies("plain", "1.2.3.4")] }),
    caOf("policy-required-missing", { extensions: [policies("plain", "1.2.3.4"), extension("2.5.29.36", sequence(implicit(0, Buffer.from([0]))), "critical")] }),
    caOf("policy-required-other", { extensions: [policies("plain", "1.2.3.4"), extension("2.5.29.36", sequence(implicit(0, Buffer.from([0]))), "critical")] }, { extensions: [policies("plain", "1.2.3.5")] }),
    caOf("policy-qualified-critical", {}, { extensions: [extension("2.5.29.32", sequence(sequence(oid("1.2.3.4"), sequence(sequence(oid("1.3.6.1.5.5.7.2.1"), ia5String("http://x"))))), "critical")] }),
    caOf("printable-issuer", { rawSubject: distinguishedName("CN=Printable CA", printableString) }, { rawIssuer: distinguishedName("CN=Printable CA", utf8String) }),
    caOf("issuer-other-case", { rawSubject: distinguishedName("CN=Case CA") }, { rawIssuer: distinguishedName("CN=CASE  ca ") }),
    caOf("multi-valued-name", { rawSubject: sequence(set(...[sequence(oid("2.5.4.3"), utf8String("Multi")), sequence(oid("2.5.4.10"), utf8String("Acme"))].sort((one, other) => Buffer.compare(one, other)))) }),
    caOf("serial-in-key-identifier", {}, { extensions: [extension("2.5.29.35", sequence(implicit(2, Buffer.from([9]))))] }),
    caOf("tampered", { tamper: (der) => { const copy = Buffer.from(der); copy[copy.length - 1] = (copy[copy.length - 1] ?? 0) ^ 1; return copy; } }),
    { name: "store-empty-of-root", taco: jar(), store: [issue({ subject: "CN=Unrelated", ca: "ca" })] },
    { name: "store-default", taco: jar(), store: defaultStore },
    { name: "octet-extension", taco: jar({ blocks: [{ signers: [usual({ certificate: issue({ subject: "CN=Octets", issuer: intermediate, extensions: [extension("2.5.29.14", octetString(Buffer.alloc(20, 3)))] }) })] }] }) },
  ]; // prettier-ignore
}

/** Two authorities that certified each other. */
function loop(): [Issued, readonly Issued[]] {
  const first = issue({ subject: "CN=Loop A", ca: "ca" });
  const second = issue({ subject: "CN=Loop B", ca: "ca", issuer: first });
  const firstAgain = issue({ subject: "CN=Loop A", ca: "ca", issuer: second });
  return [issue({ subject: "CN=Looped", issuer: firstAgain }), [firstAgain, second]];
}
