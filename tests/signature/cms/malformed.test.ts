import fc from "fast-check";
import { Asn1Error } from "../../../provider/signature/asn1/asn1-error";
import { parseAsn1 } from "../../../provider/signature/asn1/parse";
import { readSignedData } from "../../../provider/signature/cms/signed-data";
import { readTimestampInfo, timestampToken, verifyTimestamp } from "../../../provider/signature/cms/timestamp";
import { verifySigner } from "../../../provider/signature/cms/verify-signer";
import { SignatureProblem } from "../../../provider/signature/signature-problem";
import { attribute, signedData } from "../../../scripts/signature/build/cms";
import { context, generalizedTime, integer, octetString, oid, sequence, set, time, utf8String } from "../../../scripts/signature/build/der";
import { digestAlgorithm } from "../../../scripts/signature/build/keys";
import { usual } from "../../../scripts/signature/cases/case";
import { intermediate, signer } from "../../../scripts/signature/cases/pki";
import { mutateDer } from "../../../scripts/signature/fuzz/mutate-der";
import { Random } from "../../../scripts/signature/fuzz/random";

const content = Buffer.from("Signature-Version: 1.0\r\n\r\n");
const block = signedData(content, { signers: [usual()], certificates: [signer, intermediate] });
const read = (der: Buffer) => readSignedData(parseAsn1(der));
const withAttribute = (...extra: readonly Buffer[]): Buffer => signedData(content, { signers: [usual({ extraAttributes: extra })] });

describe("readSignedData", () => {
  it("reads certificates, signers and their timestamp", () => {
    const data = read(block);
    expect(data.certificates.map(({ subject }) => subject.text)).toEqual([
      "C=DE, O=Vendor, CN=Connector Vendor",
      "C=DE, O=Acme, CN=Test Issuing CA",
    ]);
    const [info] = data.signerInfos;
    expect(info && verifySigner(data, info, content)).toMatchObject({ uses: [{ name: "SHA-256" }, { name: "SHA256withECDSA" }] });
    expect(info && verifyTimestamp(info)?.time).toBe(Date.UTC(2024, 5, 1, 12));
  });

  it.each<[string, Buffer]>([
    ["nothing signed", sequence(oid("1.2.840.113549.1.7.1"), context(0, octetString(content)))],
    ["no content", sequence(oid("1.2.840.113549.1.7.2"))],
    ["two contents", sequence(oid("1.2.840.113549.1.7.2"), context(0, sequence(), sequence()))],
    ["something behind the content", sequence(oid("1.2.840.113549.1.7.2"), context(0, sequence()), integer(1))],
    ["an attribute without a value", withAttribute(sequence(oid("1.2.3"), set()))],
    ["an attribute that Java refuses", withAttribute(attribute("1.2.840.113549.1.9.10", integer(1)))],
    ["an attribute twice", withAttribute(attribute("1.2.3", integer(1)), attribute("1.2.3", integer(2)))],
    ["two values where one is allowed", withAttribute(attribute("1.2.840.113549.1.9.5", time(new Date(0)), time(new Date(1000))))],
    ["a time that is none", withAttribute(attribute("1.2.840.113549.1.9.5", utf8String("yesterday")))],
    ["protected algorithms without a signature", withAttribute(attribute("1.2.840.113549.1.9.52", sequence(digestAlgorithm("sha256"))))],
    ["too many signers", signedData(content, { signers: Array.from({ length: 21 }, () => ({ certificate: signer, attributes: [] })) })],
    ["too many certificates", signedData(content, { signers: [usual()], certificates: Array.from({ length: 101 }, () => signer) })],
  ])("refuses %s", (_, der) => {
    expect(() => read(der)).toThrow(Asn1Error);
  });

  it("throws nothing but its own errors on a block that was changed anywhere", () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        try {
          const data = read(mutateDer(block, new Random(seed)));
          for (const info of data.signerInfos) {
            verifySigner(data, info, content);
            verifyTimestamp(info);
          }
        } catch (error) {
          expect(error instanceof Asn1Error || error instanceof SignatureProblem ? "known" : error).toBe("known");
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("readTimestampInfo", () => {
  const imprint = sequence(digestAlgorithm("sha256"), octetString(Buffer.alloc(32)));
  const info = (...rest: readonly Buffer[]) =>
    readTimestampInfo(parseAsn1(sequence(integer(1), oid("1.2.3"), imprint, integer(5), ...rest)));

  it("takes the optional parts in their order", () => {
    const { time: found } = info(
      generalizedTime(new Date(1000)),
      sequence(integer(1)),
      integer(9),
      context(0, integer(1)),
      context(1, integer(1)),
    );
    expect(found).toBe(1000);
  });

  it.each<[string, readonly Buffer[]]>([
    ["no time", []],
    ["a UTCTime", [time(new Date(0))]],
    ["parts in another order", [generalizedTime(new Date(0)), integer(9), sequence(integer(1))]],
    ["an unknown part", [generalizedTime(new Date(0)), octetString(content)]],
  ])("refuses %s", (_, rest) => {
    expect(() => info(...rest)).toThrow(Asn1Error);
  });

  it("finds no token where there is none", () => {
    const [bare] = read(signedData(content, { signers: [{ certificate: signer }] })).signerInfos;
    expect(bare && timestampToken(bare)).toBeUndefined();
  });
});
