import { Asn1Error } from "../../../provider/signature/asn1/asn1-error";
import type { Asn1Node } from "../../../provider/signature/asn1/node";
import { parseAsn1 } from "../../../provider/signature/asn1/parse";
import {
  bitString,
  boolean,
  context,
  integer,
  nullValue,
  octetString,
  oid,
  sequence,
  set,
  tlv,
  utf8String,
} from "../../../scripts/signature/build/der";

const wrong = utf8String("x");
const readers: readonly (readonly [string, Buffer, (node: Asn1Node) => unknown, unknown])[] = [
  ["oid", oid("1.2.840.113549.1.1.11"), (node) => node.oid(), "1.2.840.113549.1.1.11"],
  ["integer", integer(256), (node) => node.integer(), 256n],
  ["negative integer", Buffer.from("0201ff", "hex"), (node) => node.integer(), -1n],
  ["boolean", boolean("true"), (node) => node.boolean(), true],
  ["octets", octetString(Buffer.from("ab")), (node) => node.octets().toString(), "ab"],
  ["bits", bitString(Buffer.from([0x80]), 7), (node) => node.bits().unused, 7],
  ["null", nullValue(), (node) => node.null(), undefined],
  ["sequence", sequence(nullValue()), (node) => node.sequence().more, true],
  ["set", set(nullValue()), (node) => node.set().length, 1],
  ["UTC time", tlv(23, Buffer.from("240229120000Z")), (node) => node.time(), Date.UTC(2024, 1, 29, 12)],
  ["UTC time of the last century", tlv(23, Buffer.from("500101000000Z")), (node) => node.time(), Date.UTC(1950, 0, 1)],
  ["UTC time with offset", tlv(23, Buffer.from("240101000000+0130")), (node) => node.time(), Date.UTC(2023, 11, 31, 22, 30)],
  ["generalized time", tlv(24, Buffer.from("20240101000000.5Z")), (node) => node.time(), Date.UTC(2024, 0, 1, 0, 0, 0, 500)],
];

describe("Asn1Node", () => {
  it.each(readers)("reads %s", (_, bytes, read, value) => {
    expect(read(parseAsn1(bytes))).toEqual(value);
  });

  it.each(readers)("refuses another type where it should read %s", (_, _bytes, read) => {
    expect(() => read(parseAsn1(wrong))).toThrow(Asn1Error);
    expect(() => read(parseAsn1(context(0, nullValue())))).toThrow(Asn1Error);
  });

  it.each<[string, Buffer, (node: Asn1Node) => unknown]>([
    ["an empty OID", tlv(6), (node) => node.oid()],
    ["an OID that is cut off", tlv(6, Buffer.from([0x2a, 0x86])), (node) => node.oid()],
    ["an OID with a padded arc", tlv(6, Buffer.from([0x2a, 0x80, 0x01])), (node) => node.oid()],
    ["an endless OID", tlv(6, Buffer.alloc(129, 1)), (node) => node.oid()],
    ["an empty INTEGER", tlv(2), (node) => node.integer()],
    ["a long BOOLEAN", tlv(1, Buffer.alloc(2)), (node) => node.boolean()],
    ["an empty BIT STRING", tlv(3), (node) => node.bits()],
    ["eight unused bits", tlv(3, Buffer.from([8, 0])), (node) => node.bits()],
    ["unused bits of nothing", tlv(3, Buffer.from([1])), (node) => node.bits()],
    ["a NULL with content", tlv(5, Buffer.from([0])), (node) => node.null()],
    ["a constructed INTEGER", tlv(0x22, integer(1)), (node) => node.integer()],
    ["a primitive SEQUENCE", tlv(0x10, Buffer.from([5, 0])), (node) => node.sequence()],
    ["the 31st of February", tlv(23, Buffer.from("240231000000Z")), (node) => node.time()],
    ["a thirteenth month", tlv(24, Buffer.from("20241301000000Z")), (node) => node.time()],
    ["a time without zone", tlv(24, Buffer.from("20240101000000")), (node) => node.time()],
    ["letters for a time", tlv(23, Buffer.from("24010100000xZ")), (node) => node.time()],
    ["a time of the year 99", tlv(24, Buffer.from("00990101000000Z")), (node) => node.time()],
  ])("refuses %s", (_, bytes, read) => {
    expect(() => read(parseAsn1(bytes))).toThrow(Asn1Error);
  });

  it("does not cut long OID arcs down to known ones", () => {
    const long = oid(`1.2.840.113549.1.1.${11n + (1n << 32n)}`);
    expect(parseAsn1(long).oid()).toBe("1.2.840.113549.1.1.4294967307");
  });
});

describe("Fields", () => {
  it("refuses a part too few and one too many", () => {
    const fields = parseAsn1(sequence(nullValue())).sequence();
    expect(() => parseAsn1(sequence()).sequence().next()).toThrow(Asn1Error);
    expect(() => fields.end()).toThrow(Asn1Error);
    fields.next().null();
    expect(() => fields.end()).not.toThrow();
  });

  it("takes an optional part only if it is the next", () => {
    const fields = parseAsn1(sequence(integer(1), context(0, nullValue()))).sequence();
    expect(fields.optionalContext(0)).toBeUndefined();
    expect(fields.optional("integer")?.integer()).toBe(1n);
    expect(fields.optionalContext(0)?.children()).toHaveLength(1);
  });
});
