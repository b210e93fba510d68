import { Asn1Error } from "../../../provider/signature/asn1/asn1-error";
import { parseAsn1 } from "../../../provider/signature/asn1/parse";
import { readGeneralName, readGeneralNames } from "../../../provider/signature/x509/general-name";
import { name } from "../../../scripts/signature/build/certificates";
import { context, implicit, integer, nullValue, octetString, oid, sequence, utf8String } from "../../../scripts/signature/build/der";

const text = (tag: number, value: string): Buffer => implicit(tag, Buffer.from(value, "latin1"));
const bytes = (hex: string): Buffer => implicit(7, Buffer.from(hex, "hex"));
const v6 = "20010db8000000000000000000000001";
/** Content of an object identifier, under the tag of a name. */
const identifier = implicit(8, oid("1.2.3").subarray(2));

test.each<[string, Buffer, object]>([
  ["a mail address", text(1, "me@a.example"), { kind: "email", value: "me@a.example" }],
  ["a domain for mail", text(1, ".a.example"), { kind: "email", value: ".a.example" }],
  ["a host", text(2, "a.example"), { kind: "dns", value: "a.example" }],
  ["a host with the last sign of ASCII", text(2, "a\x7f"), { kind: "dns", value: "a\x7f" }],
  ["no host", text(2, ""), { kind: "dns", value: "" }],
  ["a URI", text(6, "http://a/"), { kind: "uri", value: "http://a/", host: "a", named: true }],
  ["an address of IPv4", bytes("0a000001"), { kind: "ip", value: Buffer.from("0a000001", "hex") }],
  ["a network of IPv4", bytes("0a000000ff000000"), { kind: "ip", value: Buffer.from("0a000000ff000000", "hex") }],
  ["an address of IPv6", bytes(v6), { kind: "ip", value: Buffer.from(v6, "hex") }],
  ["a network of IPv6", bytes(v6 + v6), { kind: "ip", value: Buffer.from(v6 + v6, "hex") }],
  ["an object identifier", identifier, { kind: "oid", value: "1.2.3" }],
  ["a kind of its own", context(0, oid("1.2.3"), context(0, utf8String("a"))), { kind: "other" }],
])("reads %s", (_name, der, expected) => {
  expect(readGeneralName(parseAsn1(der), "name")).toEqual(expected);
});

test("reads a directory name", () => {
  expect(readGeneralName(parseAsn1(context(4, name("C=DE,O=Acme"))), "name")).toMatchObject({
    kind: "directory",
    name: { canonical: "c=de,o=acme" },
  });
});

test("reads a URI in another way where it constrains others", () => {
  expect(readGeneralName(parseAsn1(text(6, ".a.example")), "constraint")).toMatchObject({ kind: "uri", host: ".a.example" });
  expect(() => readGeneralName(parseAsn1(text(6, ".a.example")), "name")).toThrow(Asn1Error);
  expect(() => readGeneralName(parseAsn1(text(6, "http://a/")), "constraint")).toThrow(Asn1Error);
});

test.each<[string, Buffer]>([
  ["no name", integer(1)],
  ["an address of X.400", context(3, sequence())],
  ["an EDI party", context(5, utf8String("a"))],
  ["a registered number that is none", implicit(8, Buffer.alloc(0))],
  ["a tag beyond", text(9, "a")],
  ["a mail address without a domain", text(1, "me@")],
  ["a mail address whose domain is a dot", text(1, "me@.")],
  ["no mail address", text(1, "")],
  ["a host that is not ASCII", text(2, "\x80")],
  ["a mail address that is not ASCII", text(1, "\xe4@a")],
  ["a URI that is not ASCII", text(6, "http://\xe4/")],
  ["a directory name that is none", context(4)],
  ["two directory names in one", context(4, name("C=DE"), name("C=FR"))],
  ["an address of three bytes", bytes("0a0000")],
  ["an address of five bytes", bytes("0a00000001")],
  ["an address of no bytes", bytes("")],
  ["an address of IPv4 in IPv6", bytes("00000000000000000000ffff0a000001")],
  ["a network of them", bytes("00000000000000000000ffff0a000001ffffffffffffffffffffffffffffffff")],
  ["a kind of its own without a value", context(0, oid("1.2.3"))],
  ["a kind of its own without anything", context(0)],
  ["a kind of its own with two values", context(0, oid("1.2.3"), context(0, utf8String("a")), nullValue())],
  ["a kind of its own with the number of an extension", context(0, oid("2.5.29.17"), context(0, octetString(Buffer.alloc(0))))],
])("refuses %s", (_name, der) => {
  expect(() => readGeneralName(parseAsn1(der), "name")).toThrow(Asn1Error);
});

test("a list has one name at least", () => {
  expect(readGeneralNames(parseAsn1(sequence(text(2, "a"), text(1, "b"))))).toEqual([
    { kind: "dns", value: "a" },
    { kind: "email", value: "b" },
  ]);
  expect(() => readGeneralNames(parseAsn1(sequence()))).toThrow(Asn1Error);
});
