import fc from "fast-check";
import { Asn1Error } from "../../../provider/signature/asn1/asn1-error";
import { parseAsn1 } from "../../../provider/signature/asn1/parse";
import { scanAsn1 } from "../../../provider/signature/asn1/scan";
import { openLengths } from "../../../scripts/signature/build/cms";
import { context, integer, nullValue, octetString, oid, sequence, set, tlv } from "../../../scripts/signature/build/der";

const hex = (text: string): Buffer => Buffer.from(text.replace(/\s/g, ""), "hex");

describe("parseAsn1", () => {
  it.each<[string, Buffer, RegExp]>([
    ["nothing", Buffer.alloc(0), /cut off/],
    ["a tag alone", hex("30"), /cut off/],
    ["a length beyond the end", hex("30 05 02 01"), /longer than the one around it/],
    ["a length of five bytes", hex("30 85 00 00 00 00 01 00"), /length that nothing here can have/],
    ["a length that is cut off", hex("30 82 01"), /length that nothing here can have/],
    ["a long form for a short length", hex("30 81 02 05 00"), /shortest form/],
    ["a padded length", hex("30 82 00 82") , /shortest form/],
    ["a tag above 30", hex("1f 81 01 00"), /tag above 30/],
    ["an open length of a primitive element", hex("04 80 00 00"), /primitive element of open length/],
    ["an open length without its end", hex("30 80 05 00"), /cut off/],
    ["an end mark where nothing is open", hex("30 02 00 00"), /end mark/],
    ["a padded INTEGER", hex("02 02 00 01"), /INTEGER that is not written in its shortest form/],
    ["a padded negative INTEGER", hex("02 02 ff 80"), /INTEGER/],
    ["half a BMPString character", hex("1e 01 00"), /BMPString/],
    ["bytes behind it", hex("05 00 00"), /1 bytes behind/],
    ["a part that runs over its parent", hex("30 03 04 05 00"), /longer than the one around it/],
    ["too many bytes", Buffer.concat([hex("04 83 10 00 01"), Buffer.alloc(1024 * 1024 + 1)]), /at most/],
    ["too deep a nest", Array.from({ length: 70 }).reduce<Buffer>((inner) => sequence(inner), nullValue()), /deeper than 64/],
    ["too deep a nest of open lengths", Buffer.concat([Buffer.alloc(400, hex("3080")), Buffer.alloc(400)]), /deeper than 64/],
    ["too many elements", sequence(...Array.from({ length: 50_001 }, () => nullValue())), /more than 50000 elements/],
  ])("refuses %s", (_, bytes, message) => {
    expect(() => parseAsn1(bytes)).toThrow(Asn1Error);
    expect(() => parseAsn1(bytes)).toThrow(message);
  }); // prettier-ignore

  it("passes over trailing bytes where it is told to", () => {
    expect(() => parseAsn1(hex("05 00 ff ff"), { trailing: "ignore" }).null()).not.toThrow();
  });

  it("closes open lengths as Java does", () => {
    const der = sequence(integer(5), set(octetString(Buffer.from("x")), context(0, oid("1.2.3"))));
    expect(parseAsn1(openLengths(der)).der()).toEqual(der);
  });

  it("joins the parts of a split OCTET STRING", () => {
    expect(parseAsn1(hex("24 80 04 01 61 04 01 62 00 00")).octets().toString()).toBe("ab");
  });

  // An element of random shape; what is parsed and written again is the same.
  const element = fc.letrec<{ node: Buffer }>((tie) => ({
    node: fc.oneof(
      { depthSize: "small" },
      fc.uint8Array({ maxLength: 200 }).map((bytes) => octetString(Buffer.from(bytes))),
      fc.bigInt({ min: 0n, max: 1n << 200n }).map(integer),
      fc.uint8Array({ maxLength: 20 }).map((bytes) => tlv(0x80 | (bytes.length % 8 === 2 ? 3 : bytes.length % 8), Buffer.from(bytes))),
      fc.array(tie("node"), { maxLength: 5 }).map((nodes) => sequence(...nodes)),
      fc.array(tie("node"), { maxLength: 5 }).map((nodes) => context(1, ...nodes)),
    ),
  })).node;

  it("gives every DER element back byte for byte", () => {
    fc.assert(fc.property(element, (der) => expect(parseAsn1(der).der()).toEqual(der)));
  });

  it("gives every element with open lengths back as DER", () => {
    fc.assert(fc.property(element, (der) => expect(parseAsn1(openLengths(der)).der()).toEqual(der)));
  });

  it("throws nothing but its own error, whatever the bytes", () => {
    fc.assert(
      fc.property(element, fc.nat(), fc.nat({ max: 255 }), (der, position, value) => {
        const changed = Buffer.from(der);
        changed[position % Math.max(changed.length, 1)] = value;
        try {
          // What is accepted is written as it was read.
          expect(parseAsn1(changed).der()).toEqual(changed.includes(0x80) ? expect.anything() : changed);
        } catch (error) {
          expect(error).toBeInstanceOf(Asn1Error);
        }
      }),
    );
  });

  it("scans to the end of the element", () => {
    fc.assert(
      fc.property(element, fc.uint8Array({ maxLength: 9 }), (der, rest) => expect(scanAsn1(Buffer.concat([der, rest]))).toBe(der.length)),
    );
  });
});
