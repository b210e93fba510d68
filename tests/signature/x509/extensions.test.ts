import { Asn1Error } from "../../../provider/signature/asn1/asn1-error";
import { parseAsn1 } from "../../../provider/signature/asn1/parse";
import { handledInPaths, knownToJava } from "../../../provider/signature/x509/extension-oids";
import { type Extensions, readExtensions } from "../../../provider/signature/x509/extensions";
import { extension, keyUsageBits } from "../../../scripts/signature/build/certificates";
import {
  bitString,
  boolean,
  context,
  implicit,
  integer,
  nullValue,
  octetString,
  oid,
  sequence,
  utf8String,
} from "../../../scripts/signature/build/der";

const read = (...extensions: readonly Buffer[]): Extensions => readExtensions(extensions.map((each) => parseAsn1(each)));
const dns = (value: string): Buffer => implicit(2, Buffer.from(value));
const bytes = (...values: readonly number[]): Buffer => Buffer.from(values);
const usage = (...bits: readonly number[]): Buffer => extension("2.5.29.15", keyUsageBits(bits));
const names = [
  "digitalSignature",
  "nonRepudiation",
  "keyEncipherment",
  "dataEncipherment",
  "keyAgreement",
  "keyCertSign",
  "cRLSign",
  "encipherOnly",
  "decipherOnly",
];

test("a certificate without extensions says nothing", () => {
  expect(read()).toEqual({ critical: new Set(), unknownCritical: false, malformed: [], unread: [] });
});

test.each<[string, Buffer, Partial<Extensions>]>([
  ["no authority", extension("2.5.29.19", sequence()), { basicConstraints: { ca: false, pathLength: Infinity } }],
  ["one said to be none", extension("2.5.29.19", sequence(boolean("false"))), { basicConstraints: { ca: false, pathLength: Infinity } }],
  ["an authority", extension("2.5.29.19", sequence(boolean("true"))), { basicConstraints: { ca: true, pathLength: Infinity } }],
  ["a path of no length", extension("2.5.29.19", sequence(boolean("true"), integer(0))), { basicConstraints: { ca: true, pathLength: 0 } }],
  ["a long path", extension("2.5.29.19", sequence(boolean("true"), integer(1000))), { basicConstraints: { ca: true, pathLength: 1000 } }],
  [
    "a longer one, which is any",
    extension("2.5.29.19", sequence(boolean("true"), integer(1001))),
    { basicConstraints: { ca: true, pathLength: Infinity } },
  ],
  ["no purposes", extension("2.5.29.37", sequence()), { extendedKeyUsage: [] }],
  ["purposes", extension("2.5.29.37", sequence(oid("1.2.3"), oid("1.2.4"))), { extendedKeyUsage: ["1.2.3", "1.2.4"] }],
  ["objects, by Netscape", extension("2.16.840.1.113730.1.1", bitString(bytes(0x10))), { netscapeObjectSigning: true }],
  ["other things", extension("2.16.840.1.113730.1.1", bitString(bytes(0xef))), { netscapeObjectSigning: false }],
  ["nothing at all", extension("2.16.840.1.113730.1.1", bitString(bytes())), { netscapeObjectSigning: false }],
  [
    "objects, with bytes behind",
    extension("2.16.840.1.113730.1.1", Buffer.concat([bitString(bytes(0x10)), nullValue()])),
    { netscapeObjectSigning: true },
  ],
  ["names", extension("2.5.29.17", sequence(dns("a"), dns("b"))), {
    subjectAltName: [{ kind: "dns", value: "a" }, { kind: "dns", value: "b" }],
  }],
  ["its key", extension("2.5.29.14", octetString(bytes(1, 2))), { subjectKeyIdentifier: bytes(1, 2) }],
  ["nothing of its issuer", extension("2.5.29.35", sequence()), { authorityKeyIdentifier: {} }],
  ["its issuer's key", extension("2.5.29.35", sequence(implicit(0, bytes(1)))), { authorityKeyIdentifier: { keyIdentifier: bytes(1) } }],
  [
    "its issuer's key, name and number",
    extension("2.5.29.35", sequence(implicit(0, bytes(1)), context(1, dns("a")), implicit(2, bytes(1, 0)))),
    { authorityKeyIdentifier: { keyIdentifier: bytes(1), serial: 256n } },
  ],
  ["a number below zero", extension("2.5.29.35", sequence(implicit(2, bytes(0xff)))), { authorityKeyIdentifier: { serial: -1n } }],
  ["a number of many bytes", extension("2.5.29.35", sequence(implicit(2, bytes(0, 0xff, 0)))), { authorityKeyIdentifier: { serial: 0xff00n } }],
  ["a number without digits", extension("2.5.29.35", sequence(implicit(2, bytes()))), { authorityKeyIdentifier: {} }],
  ["policies", extension("2.5.29.32", sequence(sequence(oid("1.2.3")), sequence(oid("1.2.4")))), {
    policies: { ids: ["1.2.3", "1.2.4"], qualified: false },
  }],
  [
    "a policy with qualifiers, before one without",
    extension("2.5.29.32", sequence(sequence(oid("1.2.3"), sequence(sequence(oid("1.2.5"), utf8String("a")))), sequence(oid("1.2.4")))),
    { policies: { ids: ["1.2.3", "1.2.4"], qualified: true } },
  ],
  ["mappings of policies", extension("2.5.29.33", sequence(sequence(oid("1.2.3"), oid("1.2.4")))), { policyMappings: true }],
  ["nothing demanded", extension("2.5.29.36", sequence()), { policyConstraints: {} }],
  ["no mappings any more", extension("2.5.29.36", sequence(implicit(1, bytes(0)))), { policyConstraints: {} }],
  ["a policy demanded", extension("2.5.29.36", sequence(implicit(0, bytes(3)), implicit(1, bytes(0)))), {
    policyConstraints: { requireExplicit: 3 },
  }],
  ["one demanded far down", extension("2.5.29.36", sequence(implicit(0, bytes(0, 3)))), { policyConstraints: { requireExplicit: 255 } }],
  ["no policy for any", extension("2.5.29.54", integer(2)), { inhibitAnyPolicy: 2 }],
])("reads %s", (_name, der, expected) => {
  expect(read(der)).toStrictEqual({ critical: new Set(), unknownCritical: false, malformed: [], unread: [], ...expected });
}); // prettier-ignore

test.each(names.map((name, bit) => [name, bit] as const))("reads the usage %s", (name, bit) => {
  expect([...(read(usage(bit)).keyUsage ?? [])]).toEqual([name]);
  expect([...(read(usage(...names.keys())).keyUsage ?? [])]).toEqual(names);
});

test("a usage of no bits is one that allows nothing", () => {
  expect(read(extension("2.5.29.15", bitString(bytes()))).keyUsage).toEqual(new Set());
});

describe("name constraints", () => {
  const constraints = (...parts: readonly Buffer[]): Extensions["nameConstraints"] => read(extension("2.5.29.30", sequence(...parts))).nameConstraints;
  const base = { kind: "dns", value: "a" };

  test.each<[string, readonly Buffer[], object]>([
    ["none", [], { permitted: undefined, excluded: undefined, unsupported: false }],
    ["what is permitted", [context(0, sequence(dns("a")))], { permitted: [base], excluded: undefined, unsupported: false }],
    ["what is excluded", [context(1, sequence(dns("a")))], { permitted: undefined, excluded: [base], unsupported: false }],
    ["both", [context(0), context(1, sequence(dns("a")))], { permitted: [], excluded: [base], unsupported: false }],
    ["a distance of zero", [context(0, sequence(dns("a"), implicit(0, bytes(0, 0))))], { permitted: [base], excluded: undefined, unsupported: false }],
    ["a distance", [context(0, sequence(dns("a"), implicit(0, bytes(0, 1))))], { permitted: [base], excluded: undefined, unsupported: true }],
    ["a distance below zero", [context(1, sequence(dns("a"), implicit(0, bytes(0xff))))], { permitted: undefined, excluded: [base], unsupported: true }],
    ["a greatest distance", [context(0, sequence(dns("a"), implicit(1, bytes(0))))], { permitted: [base], excluded: undefined, unsupported: true }],
    [
      "a distance, and a base without one behind it",
      [context(0, sequence(dns("a"), implicit(0, bytes(1))), sequence(dns("a")))],
      { permitted: [base, base], excluded: undefined, unsupported: true },
    ],
  ])("reads %s", (_name, parts, expected) => {
    expect(constraints(...parts)).toStrictEqual(expected);
  });
}); // prettier-ignore

test.each<[string, string, Buffer]>([
  ["a path length below zero", "2.5.29.19", sequence(boolean("true"), Buffer.from([2, 1, 0xff]))],
  ["a third part of basic constraints", "2.5.29.19", sequence(boolean("true"), integer(1), integer(1))],
  ["a third part of name constraints", "2.5.29.30", sequence(context(0), context(1), context(2))],
  ["a base with a fourth part", "2.5.29.30", sequence(context(0, sequence(dns("a"), implicit(2, bytes(0)))))],
  ["a list of no names", "2.5.29.17", sequence()],
  ["a fourth part of what is said of its issuer", "2.5.29.35", sequence(implicit(0, bytes(1)), implicit(3, bytes(1)))],
  ["a policy with a third part", "2.5.29.32", sequence(sequence(oid("1.2.3"), sequence(), sequence()))],
  ["a mapping to nothing", "2.5.29.33", sequence(sequence(oid("1.2.3")))],
  ["a mapping from what is no policy", "2.5.29.33", sequence(sequence(integer(1), oid("1.2.3")))],
  ["a mapping to what is no policy", "2.5.29.33", sequence(sequence(oid("1.2.3"), integer(1)))],
  ["a mapping with a third part", "2.5.29.33", sequence(sequence(oid("1.2.3"), oid("1.2.4"), oid("1.2.5")))],
  ["a third part of what is demanded", "2.5.29.36", sequence(implicit(0, bytes(1)), implicit(2, bytes(1)))],
  ["bytes behind a usage", "2.5.29.15", Buffer.concat([keyUsageBits([0]), nullValue()])],
  ["a key that is no text of bytes", "2.5.29.14", integer(1)],
  ["a policy for any that is no number", "2.5.29.54", nullValue()],
])("%s is passed over, and refused where it is critical", (_name, id, value) => {
  expect(read(extension(id, value))).toEqual({ critical: new Set(), unknownCritical: false, malformed: [id], unread: [] });
  expect(() => read(extension(id, value, "critical"))).toThrow(Asn1Error);
});

test("tells critical extensions of four sorts apart", () => {
  const value = nullValue();
  expect(read(extension("2.5.29.15", keyUsageBits([0]), "critical"))).toMatchObject({ unknownCritical: false, unread: [] });
  expect(read(extension("1.2.3", value))).toMatchObject({ critical: new Set(), unknownCritical: false, unread: [] });
  expect(read(extension("2.5.29.31", value))).toMatchObject({ critical: new Set(), unread: [] });
  const of = ["2.5.29.31", "1.2.3"].map((id) => read(extension(id, value, "critical"), usage(0)));
  expect(of).toMatchObject([
    { critical: new Set(["2.5.29.31"]), unknownCritical: false, unread: ["2.5.29.31"] },
    { critical: new Set(["1.2.3"]), unknownCritical: true, unread: [] },
  ]);
  expect(read(extension("1.2.3", value, "critical"), extension("2.5.29.31", value, "critical")).unknownCritical).toBe(true);
});

test("an extension that says in words that it is not critical is not", () => {
  expect(read(sequence(oid("1.2.3"), boolean("false"), octetString(nullValue()))).critical).toEqual(new Set());
});

test("Java knows every extension that is read, and paths deal with most of them", () => {
  const ofPaths = ["15", "17", "19", "30", "32", "33", "36", "37", "54"].map((arc) => `2.5.29.${arc}`);
  expect([...handledInPaths].sort()).toEqual(ofPaths.sort());
  const others = ["14", "16", "18", "20", "21", "24", "27", "28", "29", "31", "35", "46"].map((arc) => `2.5.29.${arc}`);
  const ofOthers = ["2.16.840.1.113730.1.1", "1.3.6.1.5.5.7.1.1", "1.3.6.1.5.5.7.1.11", "1.3.6.1.5.5.7.48.1.5"];
  expect([...knownToJava].sort()).toEqual([...ofPaths, ...others, ...ofOthers].sort());
});
