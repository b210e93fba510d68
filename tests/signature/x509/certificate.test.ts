import { Asn1Error } from "../../../provider/signature/asn1/asn1-error";
import { day, isSelfIssued, parseCertificate, validity } from "../../../provider/signature/x509/certificate";
import { extension, type Issued, issue, name, type CertificateSpec } from "../../../scripts/signature/build/certificates";
import { bitString, context, implicit, integer, nullValue, oid, sequence, time, tlv } from "../../../scripts/signature/build/der";
import { keyPair, signatureAlgorithm } from "../../../scripts/signature/build/keys";

const ordinary = issue({ subject: "CN=Vendor" }).der;
const huge = issue({ subject: "CN=Vendor", extensions: [extension("1.2.3.4", tlv(4, Buffer.alloc(10_000)))] }).der;
const sized = (more: number): Buffer =>
  issue({ subject: "CN=Vendor", serial: 1n, key: "rsa:1024", extensions: [extension("1.2.3.4", tlv(4, Buffer.alloc(7000 + more)))] }).der;

test("a certificate that many packages hold is read once", () => {
  expect(parseCertificate(Buffer.from(ordinary))).toBe(parseCertificate(ordinary));
});

test("one of an unusual size takes no memory for ever", () => {
  expect(parseCertificate(huge)).not.toBe(parseCertificate(huge));
  expect(parseCertificate(huge)).toEqual(parseCertificate(huge));
});

test("8,192 bytes are no unusual size", () => {
  const [usual, unusual] = [sized(8192 - sized(0).length), sized(8193 - sized(0).length)];
  expect([usual.length, unusual.length]).toEqual([8192, 8193]);
  expect(parseCertificate(usual)).toBe(parseCertificate(usual));
  expect(parseCertificate(unusual)).not.toBe(parseCertificate(unusual));
});

const key = keyPair("ec:prime256v1");
const ecdsa = signatureAlgorithm(key, {});
const subject = name("CN=Made");

interface Parts {
  readonly version?: readonly Buffer[];
  readonly inner?: Buffer;
  readonly outer?: Buffer;
  readonly issuer?: Buffer;
  readonly subject?: Buffer;
  readonly times?: readonly Buffer[];
  /** Behind the public key. */
  readonly rest?: readonly Buffer[];
  /** Behind the signature. */
  readonly behind?: readonly Buffer[];
}

/** A certificate with a signature that nobody has made. */
function made(parts: Parts): Buffer {
  const moment = time(new Date("2026-11-24"));
  const body = sequence(
    ...(parts.version ?? [context(0, integer(2))]),
    integer(1),
    parts.inner ?? parts.outer ?? ecdsa,
    parts.issuer ?? subject,
    sequence(...(parts.times ?? [moment, moment])),
    parts.subject ?? subject,
    key.publicKey.export({ type: "spki", format: "der" }),
    ...(parts.rest ?? []),
  );
  return sequence(body, parts.outer ?? ecdsa, bitString(Buffer.from([1, 2, 3])), ...(parts.behind ?? []));
}

const list = (...extensions: readonly Buffer[]): Buffer => context(3, sequence(...extensions));
const harmless = extension("1.2.3", nullValue());
const alternative = (critical: "critical" | "plain"): Buffer => extension("2.5.29.17", sequence(implicit(2, Buffer.from("a"))), critical);
const pss = "1.2.840.113549.1.1.10";

test.each<[string, Parts, object]>([
  ["one of version 1", { version: [] }, { version: 1 }],
  ["one of version 1 that says so", { version: [context(0, integer(0))] }, { version: 1 }],
  ["one of version 2", { version: [context(0, integer(1))] }, { version: 2 }],
  ["one of version 3 without extensions", {}, { version: 3, extensions: { malformed: [] } }],
  ["its signature", {}, { signature: Buffer.from([1, 2, 3]), serial: 1n }],
  [
    "unique identifiers",
    { rest: [implicit(1, Buffer.from([0, 0x81])), implicit(2, Buffer.from([0, 0x81])), list(harmless)] },
    { version: 3 },
  ],
  ["identifiers of version 2", { version: [context(0, integer(1))], rest: [implicit(2, Buffer.from([0, 0x81]))] }, { version: 2 }],
  ["two extensions", { rest: [list(harmless, extension("2.5.29.54", integer(3)))] }, { extensions: { inhibitAnyPolicy: 3 } }],
  ["an empty list of them", { rest: [list()] }, { version: 3 }],
  ["names in an extension alone", { subject: name(""), rest: [list(alternative("critical"))] }, { subject: { parts: [] } }],
  ["an algorithm nobody knows, with parameters", { outer: sequence(oid("1.2.3"), integer(1)) }, { signatureAlgorithm: { oid: "1.2.3" } }],
  ["an algorithm with a digest, and parameters", { outer: sequence(oid("1.2.840.10045.4.3.2"), integer(1)) }, { version: 3 }],
  ["a key's name as algorithm", { outer: sequence(oid("1.2.840.10045.2.1")) }, { version: 3 }],
  ["PSS with parameters", { outer: sequence(oid(pss), sequence()) }, { signatureAlgorithm: { oid: pss } }],
  ["PSS without", { outer: sequence(oid(pss)) }, { signatureAlgorithm: { oid: pss } }],
])("reads %s", (_name, parts, expected) => {
  expect(parseCertificate(made(parts))).toMatchObject(expected);
});

test("what is signed are the bytes of the first part", () => {
  const der = made({});
  const { signed, der: whole, sha256 } = parseCertificate(der);
  expect(der.includes(signed)).toBe(true);
  expect(signed[0]).toBe(0x30);
  expect(signed.length).toBeLessThan(der.length - 10);
  expect(whole).toEqual(der);
  expect(sha256).toMatch(/^[0-9a-f]{64}$/);
});

test.each<[string, Parts, string]>([
  ["a version beyond 3", { version: [context(0, integer(3))] }, "an unknown version"],
  ["a version below 1", { version: [context(0, Buffer.from([2, 1, 0xff]))] }, "an unknown version"],
  ["two versions", { version: [context(0, integer(2), integer(2))] }, "an unknown version"],
  ["two algorithms", { outer: signatureAlgorithm(key, { digest: "sha384" }), inner: ecdsa }, "two different signature algorithms"],
  ["parameters that differ", { outer: sequence(oid("1.2.3"), integer(1)), inner: sequence(oid("1.2.3")) }, "two different signature"],
  ["PSS with parameters that are none", { outer: sequence(oid(pss), integer(1)) }, "expected sequence"],
  [
    "a key's name as algorithm, with parameters",
    { outer: sequence(oid("1.2.840.10045.2.1"), integer(1)) },
    "signed with EC and parameters",
  ],
  ["no issuer", { issuer: name("") }, "without an issuer or a subject"],
  ["no subject", { subject: name("") }, "without an issuer or a subject"],
  ["no subject, and other names that may be passed over", { subject: name(""), rest: [list(alternative("plain"))] }, "without an issuer"],
  ["no issuer, and other names", { issuer: name(""), rest: [list(alternative("critical"))] }, "without an issuer"],
  ["one time", { times: [time(new Date(0))] }, "expected more"],
  ["three times", { times: [time(new Date(0)), time(new Date(0)), time(new Date(0))] }, "expected 2"],
  ["extensions in version 1", { version: [], rest: [list(harmless)] }, "version 1 with extensions"],
  ["extensions in version 2", { version: [context(0, integer(1))], rest: [list(harmless)] }, "misplaced extensions"],
  ["extensions of nothing", { rest: [context(3)] }, "misplaced extensions"],
  ["two lists of extensions", { rest: [context(3, sequence(), sequence())] }, "misplaced extensions"],
  ["something behind the extensions", { rest: [list(harmless), nullValue()] }, "parts, expected"],
  [
    "identifiers in the wrong order",
    { rest: [implicit(2, Buffer.from([0, 0x81])), implicit(1, Buffer.from([0, 0x81]))] },
    "parts, expected",
  ],
  ["an identifier that is none", { rest: [implicit(1, Buffer.from([9]))] }, "unused bits"],
  ["something behind the signature", { behind: [nullValue()] }, "4 parts, expected 3"],
])("refuses %s", (_name, parts, message) => {
  const read = (): unknown => parseCertificate(made(parts));
  expect(read).toThrow(Asn1Error);
  expect(read).toThrow(message);
});

test.each<[string, number, string]>([
  ["before it begins", 9, "early"],
  ["when it begins", 10, "valid"],
  ["when it ends", 20, "valid"],
  ["after it ends", 21, "expired"],
])("a certificate is judged %s", (_name, at, expected) => {
  expect(validity({ ...parseCertificate(ordinary), notBefore: 10, notAfter: 20 }, at)).toBe(expected);
});

test.each([9, 5, 1])("one that begins after it ends is never valid: %d", (at) => {
  expect(validity({ ...parseCertificate(ordinary), notBefore: 8, notAfter: 3 }, at)).toBe(at < 8 ? "early" : "expired");
});

test("who issues a certificate to himself", () => {
  const root = issue({ subject: "CN=Root", ca: "ca" });
  const of = (spec: CertificateSpec): boolean => isSelfIssued(parseCertificate((issue(spec) satisfies Issued).der));
  expect([of({ subject: "CN=Root" }), of({ subject: "CN=root", issuer: root }), of({ subject: "CN=A", issuer: root })]).toEqual([
    true,
    true,
    false,
  ]);
});

test("a day is that of UTC", () => {
  expect(day(Date.UTC(2026, 10, 24, 23, 59, 59))).toBe("2026-11-24");
});
