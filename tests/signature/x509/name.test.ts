import { Asn1Error } from "../../../provider/signature/asn1/asn1-error";
import { parseAsn1 } from "../../../provider/signature/asn1/parse";
import { readName, sameName } from "../../../provider/signature/x509/name";
import { name } from "../../../scripts/signature/build/certificates";
import { ia5String, oid, printableString, sequence, set, tlv, utf8String } from "../../../scripts/signature/build/der";

const read = (der: Buffer) => readName(parseAsn1(der));
const bmp = (text: string): Buffer => tlv(30, Buffer.from(text, "utf16le").swap16());

const single = (id: string, value: Buffer): Buffer => sequence(set(sequence(oid(id), value)));

describe("names", () => {
  it.each<[string, Buffer, Buffer, "same" | "different"]>([
    ["another string type", name("CN=a", utf8String), name("CN=a", printableString), "same"],
    ["another case", name("CN=Acme CA"), name("CN=ACME ca"), "same"],
    ["more spaces", name("CN=Acme CA"), name("CN= Acme   CA "), "same"],
    ["another Unicode form", name("CN=\u00e9"), name("CN=e\u0301"), "same"],
    ["a compatible character", name("CN=\ufb01"), name("CN=fi"), "same"],
    ["a letter whose capital is two letters", name("CN=Stra\u00dfe"), name("CN=STRASSE"), "same"],
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

  it.each<[string, Buffer, string]>([
    ["escapes signs", name("CN=a+b", utf8String), "cn=a\\+b"],
    ["escapes every sign", single("2.5.4.3", utf8String('a,b+c<d>e;f"g\\h=i#j')), 'cn=a\\,b\\+c\\<d\\>e\\;f\\"g\\\\h\\=i\\#j'],
    ["has a keyword for each that Java has one for", name("C=A,O=A,OU=A,DC=A"), `c=a,o=a,ou=a,0.9.2342.19200300.100.1.25=#160141`],
    ["knows places", sequence(...["7", "8", "9"].map((arc) => set(sequence(oid(`2.5.4.${arc}`), utf8String("A"))))), "l=a,st=a,street=a"],
    ["knows users", single("0.9.2342.19200300.100.1.1", utf8String("A")), "uid=a"],
    ["knows parts of a domain", single("0.9.2342.19200300.100.1.25", utf8String("A")), "dc=a"],
    ["sorts the values of a part", sequence(set(sequence(oid("2.5.4.10"), utf8String("b")), sequence(oid("2.5.4.3"), utf8String("a")))), "cn=a+o=b"],
    ["is empty for no name", sequence(), ""],
    ["keeps what Java has no keyword for", single("1.2.3", utf8String("A")), "1.2.3=#0c0141"],
    ["writes big and small letters alike that differ only by case", name("CN=\u1e9e"), "cn=\u00df"],
  ])("canonical: %s", (_, der, canonical) => {
    expect(read(der).canonical).toBe(canonical);
  }); // prettier-ignore

  it("is not read with an empty part, or with an attribute of three parts", () => {
    expect(() => read(sequence(set()))).toThrow(Asn1Error);
    expect(() => read(sequence(set(sequence(oid("2.5.4.3"), utf8String("a"), utf8String("b")))))).toThrow(Asn1Error);
  });

  it.each<[string, Buffer, string | undefined]>([
    ["none", name("O=a"), undefined],
    ["one", name("CN=a,O=b"), "a"],
    ["the last of two", name("CN=a,CN=b"), "b"],
    ["the first of two in one part", sequence(set(sequence(oid("2.5.4.3"), utf8String("a")), sequence(oid("2.5.4.3"), utf8String("b")))), "a"],
  ])("common name: %s", (_, der, common) => {
    expect(read(der).common).toBe(common);
  }); // prettier-ignore

  it.each<[string, Buffer, string]>([
    ["UTF-8", utf8String("\u00e4"), "\u00e4"],
    ["Latin", tlv(20, Buffer.from([0xe4])), "\u00e4"],
    ["two bytes a letter", bmp("\u00e4"), "\u00e4"],
    ["a value of parts", sequence(), "?"],
    ["what moves the cursor", utf8String("a\x1b[2Jb"), "a\\x1b[2Jb"],
  ])("text: %s", (_, value, text) => {
    expect(read(single("2.5.4.3", value)).text).toBe(`CN=${text}`);
  });

  it("tells an attribute without a keyword by its number", () => {
    expect(read(name("1.2.3=a,CN=b")).text).toBe("CN=b, 1.2.3=a");
    expect(read(name("1.2.3=a")).attributes).toMatchObject([{ oid: "1.2.3", text: "a" }]);
  });
});
