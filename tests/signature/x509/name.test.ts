import { parseAsn1 } from "../../../provider/signature/asn1/parse";
import { readName, sameName } from "../../../provider/signature/x509/name";
import { name } from "../../../scripts/signature/build/certificates";
import { ia5String, oid, printableString, sequence, set, tlv, utf8String } from "../../../scripts/signature/build/der";

const read = (der: Buffer) => readName(parseAsn1(der));
const bmp = (text: string): Buffer => tlv(30, Buffer.from(text, "utf16le").swap16());

describe("names", () => {
  it.each<[string, Buffer, Buffer, "same" | "different"]>([
    ["another string type", name("CN=a", utf8String), name("CN=a", printableString), "same"],
    ["another case", name("CN=Acme CA"), name("CN=ACME ca"), "same"],
    ["more spaces", name("CN=Acme CA"), name("CN= Acme   CA "), "same"],
    ["another Unicode form", name("CN=\u00e9"), name("CN=e\u0301"), "same"],
    ["a compatible character", name("CN=\ufb01"), name("CN=fi"), "same"],
    ["IA5, which Java compares byte by byte", name("CN=a", ia5String), name("CN=a", utf8String), "different"],
    ["BMP, which Java compares byte by byte", name("CN=a", bmp), name("CN=a", utf8String), "different"],
    ["another order of parts", name("CN=a,O=b"), name("O=b,CN=a"), "different"],
    ["one part more", name("CN=a,O=b"), name("CN=a"), "different"],
    ["an attribute that Java does not know, in another case", name("1.2.3=a"), name("1.2.3=A"), "different"],
    ["a value that looks like two parts", name("CN=a,O=b"), sequence(set(sequence(oid("2.5.4.3"), utf8String("a,o=b")))), "different"],
    ["another order inside a part", sequence(set(sequence(oid("2.5.4.3"), utf8String("a")), sequence(oid("2.5.4.10"), utf8String("b")))), sequence(set(sequence(oid("2.5.4.10"), utf8String("b")), sequence(oid("2.5.4.3"), utf8String("a")))), "same"],
  ])("%s", (_, one, other, expected) => {
    expect(sameName(read(one), read(other)) ? "same" : "different").toBe(expected);
  }); // prettier-ignore

  it("is readable, the most special part first", () => {
    expect(read(name("C=DE,O=Acme,CN=Vendor")).text).toBe("CN=Vendor, O=Acme, C=DE");
    expect(read(name("CN=w\u00efde", bmp)).text).toBe("CN=w\u00efde");
  });
});
