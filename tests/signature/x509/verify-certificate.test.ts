import { parseCertificate } from "../../../provider/signature/x509/certificate";
import { isSelfSigned, isSignedBy } from "../../../provider/signature/x509/verify-certificate";
import { type CertificateSpec, issue, name } from "../../../scripts/signature/build/certificates";
import { bitString, context, integer, oid, sequence, time } from "../../../scripts/signature/build/der";
import { keyPair, signWith } from "../../../scripts/signature/build/keys";

const read = (spec: CertificateSpec) => parseCertificate(issue(spec).der);

test.each<[string, Partial<CertificateSpec>]>([
  ["ECDSA", {}],
  ["ECDSA with another digest", { signature: { digest: "sha384" } }],
  ["RSA", { key: "rsa:1024" }],
  ["PSS", { key: "rsa:1024", signature: { pss: { saltLength: 20 } } }],
  ["Ed25519", { key: "ed25519" }],
  ["Ed448", { key: "ed448" }],
])("a key is told from another of its kind: %s", (_name, spec) => {
  const own = read({ subject: "CN=Own", ...spec });
  const other = read({ subject: "CN=Other", ...spec });
  expect(isSelfSigned(own)).toBe(true);
  expect(isSignedBy(own, own.publicKey)).toBe(true);
  expect(isSignedBy(own, other.publicKey)).toBe(false);
  // A second look has the same answers.
  expect([isSignedBy(own, own.publicKey), isSignedBy(own, other.publicKey)]).toEqual([true, false]);
});

test("one that was changed after it was signed is signed by nobody", () => {
  const changed = read({
    subject: "CN=Changed",
    tamper: (der) => Buffer.from(der.toString("latin1").replaceAll("Changed", "changed"), "latin1"),
  });
  expect(isSignedBy(changed, changed.publicKey)).toBe(false);
});

test.each<[string, string, string]>([
  ["an algorithm that nobody knows", "1.2.3.4", "ec:prime256v1"],
  ["the name of a key", "1.2.840.10045.2.1", "ec:prime256v1"],
  ["the name of an RSA key", "1.2.840.113549.1.1.1", "rsa:1024"],
  ["PSS without parameters", "1.2.840.113549.1.1.10", "rsa:1024"],
])("a good signature under %s is none", (_name, algorithm, kind) => {
  const key = keyPair(kind);
  const day = time(new Date("2026-11-24"));
  const spki = key.publicKey.export({ type: "spki", format: "der" });
  const names = name("CN=Odd");
  const id = sequence(oid(algorithm));
  const body = sequence(context(0, integer(2)), integer(1), id, names, sequence(day, day), names, spki);
  const certificate = parseCertificate(sequence(body, id, bitString(signWith(key, {}, body))));
  expect(isSignedBy(certificate, certificate.publicKey)).toBe(false);
  expect(isSelfSigned(certificate)).toBe(false);
});

test("one of another issuer is not signed by itself, though it has the same key", () => {
  const issuer = issue({ subject: "CN=Issuer", ca: "ca", keyName: "shared" });
  const issued = read({ subject: "CN=Issued", issuer, keyName: "shared" });
  expect(isSignedBy(issued, issued.publicKey)).toBe(true);
  expect(isSelfSigned(issued)).toBe(false);
});

test("one of its own name that another key has signed is not signed by itself", () => {
  const issuer = issue({ subject: "CN=Root", ca: "ca", keyName: "first" });
  expect(isSelfSigned(read({ subject: "CN=Root", issuer, keyName: "second" }))).toBe(false);
});
