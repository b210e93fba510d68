import { parseXml } from "../../provider/taco/xml";
import { decodeXml } from "../../provider/taco/xml-text";

test("elements and attributes are kept, and nothing else", () => {
  const xml = "<?xml version='1.0'?><!-- a --><a b='&lt;c&#10;'>text<d/><!-- e --><f><g h='1'/></f><![CDATA[<i/>]]></a><!-- j -->";
  expect(parseXml(xml)).toEqual({
    name: "a",
    attributes: { b: "<c\n" },
    children: [
      { name: "d", attributes: {}, children: [] },
      { name: "f", attributes: {}, children: [{ name: "g", attributes: { h: "1" }, children: [] }] },
    ],
  });
});

test.each<[string, string, string]>([
  ["nothing", "", "it is not well-formed XML"],
  ["a comment alone", "<!-- a -->", "it is not well-formed XML"],
  ["an open element", "<a>", "it is not well-formed XML"],
  ["two documents", "<a/><b/>", "it is not well-formed XML"],
  ["an unknown entity", "<a b='&c;'/>", "it is not well-formed XML"],
  ["a DOCTYPE", "<!DOCTYPE a><a/>", "it has a DOCTYPE, expected none"],
  ["a DOCTYPE in small letters", "<!doctype a><a/>", "it has a DOCTYPE, expected none"],
  ["a DOCTYPE that never ends", "<!DOCTYPE a [", "it has a DOCTYPE, expected none"],
])("no document: %s", (_name, xml, message) => {
  expect(() => parseXml(xml)).toThrow(message);
});

test("a word like it in a value is no DOCTYPE", () => {
  expect(parseXml("<a b='&lt;!DOCTYPE'><c><![CDATA[<!DOCTYPE]]></c></a>").attributes).toEqual({ b: "<!DOCTYPE" });
});

const nested = (depth: number): string => `${"<a>".repeat(depth)}${"</a>".repeat(depth)}`;
const tooMuch = "its elements are more than 20000, or nested deeper than 64";

test("documents are bounded", () => {
  expect(parseXml(nested(64)).name).toBe("a");
  expect(() => parseXml(nested(65))).toThrow(tooMuch);
  expect(parseXml(`<a>${"<b/>".repeat(19_999)}</a>`).children).toHaveLength(19_999);
  expect(() => parseXml(`<a>${"<b/>".repeat(20_000)}</a>`)).toThrow(tooMuch);
  const most = 3 * 1024 * 1024;
  expect(parseXml(`<a/>${" ".repeat(most - 4)}`).name).toBe("a");
  expect(() => parseXml(`<a/>${" ".repeat(most - 3)}`)).toThrow(`it has ${most + 1} characters, at most ${most} are read`);
});

const bytes = (text: string, encoding: BufferEncoding, mark: readonly number[] = []): Buffer =>
  Buffer.concat([Buffer.from(mark), Buffer.from(text, encoding)]);
const said = (encoding: string): string => `<?xml version='1.0' encoding='${encoding}'?><\u00e4/>`;

test.each<[string, Buffer, string]>([
  ["UTF-8", bytes("<\u00e4/>", "utf8"), "<\u00e4/>"],
  ["UTF-8 by its mark", bytes("<\u00e4/>", "utf8", [0xef, 0xbb, 0xbf]), "<\u00e4/>"],
  ["UTF-16 by its mark", bytes("<\u00e4/>", "utf16le", [0xff, 0xfe]), "<\u00e4/>"],
  ["UTF-16 of the other order", Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from("<\u00e4/>", "utf16le").swap16()]), "<\u00e4/>"],
  ["the mark before what is said", bytes(said("iso-8859-1"), "utf8", [0xef, 0xbb, 0xbf]), said("iso-8859-1")],
  ["Latin, said", bytes(said("ISO-8859-1"), "latin1"), said("ISO-8859-1")],
  ["Windows, said", bytes(said("windows-1252"), "latin1"), said("windows-1252")],
  ["ASCII, said", bytes(said("us-ascii").replace("\u00e4", "a"), "latin1"), said("us-ascii").replace("\u00e4", "a")],
  ["UTF-8, said in short", bytes(said("UTF8"), "utf8"), said("UTF8")],
  ["blanks around the sign", bytes(said("x").replace("encoding='x'", 'encoding = "latin"').replace("latin", "utf-8"), "utf8"), "<?xml version='1.0' encoding = \"utf-8\"?><\u00e4/>"],
  ["said elsewhere", bytes(` ${said("iso-8859-1")}`, "utf8"), ` ${said("iso-8859-1")}`],
])("decodes %s", (_name, given, expected) => {
  expect(decodeXml(given)).toBe(expected);
}); // prettier-ignore

test.each<[string, Buffer, string]>([
  ["an encoding that nobody reads", bytes(said("ebcdic"), "utf8"), 'it is encoded as "ebcdic", expected UTF-8'],
  ["UTF-16 without a mark, said", bytes(said("utf-16"), "utf8"), 'it is encoded as "utf-16", expected UTF-8'],
  ["bytes that are no UTF-8", Buffer.from([0x3c, 0xff]), "it has bytes that are not utf-8"],
  ["half a character of UTF-16", Buffer.from([0xff, 0xfe, 0x3c]), "it has bytes that are not utf-16le"],
])("does not decode %s", (_name, given, message) => {
  expect(() => decodeXml(given)).toThrow(message);
});
