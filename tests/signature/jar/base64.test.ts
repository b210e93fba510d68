import fc from "fast-check";
import { decodeMimeBase64 } from "../../../provider/signature/jar/base64";

// Each line was tried with Base64.getMimeDecoder() of JDK 17.
describe("decodeMimeBase64", () => {
  it.each<[string, string | undefined]>([
    ["", ""],
    ["YWI=", "ab"],
    ["YWI", "ab"],
    ["YQ==", "a"],
    ["YQ", "a"],
    ["YW\r\nI=", "ab"],
    ["Y-W*I=", "ab"],
    ["YQ=", undefined],
    ["YQ=-=", undefined],
    ["Y", undefined],
    ["Y===", undefined],
    ["=", undefined],
    ["YWJj=", undefined],
    ["YWI=YQ", undefined],
    ["YWI==", "ab"],
    ["YWI= - ", "ab"],
    ["****", ""],
  ])("%j", (text, expected) => {
    expect(decodeMimeBase64(text)?.toString()).toBe(expected);
  });

  it("decodes what was encoded, with anything foreign in between", () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.constantFrom("\r\n", " ", "-", "\u00e9"), (bytes, foreign) => {
        const text = Buffer.from(bytes)
          .toString("base64")
          .replace(/(.{5})(?!=)/g, `$1${foreign}`)
          .replace(/=\W=/, "==");
        expect(decodeMimeBase64(text)).toEqual(Buffer.from(bytes));
      }),
    );
  });
});
