import { Asn1Error } from "../../../provider/signature/asn1/asn1-error";
import { parseCertificate } from "../../../provider/signature/x509/certificate";
import { isSignedBy } from "../../../provider/signature/x509/verify-certificate";
import { extension, issue, keyUsageBits } from "../../../scripts/signature/build/certificates";
import { bitString, boolean, integer, nullValue, oid, sequence, tlv } from "../../../scripts/signature/build/der";

const root = issue({ subject: "CN=Root", ca: "ca" });
const withExtension = (...extensions: readonly Buffer[]): Buffer =>
  issue({ subject: "CN=x", keyUsage: "absent", extendedKeyUsage: [], extensions }).der;

describe("parseCertificate", () => {
  it("reads what a certificate says", () => {
    const certificate = parseCertificate(
      issue({ subject: "CN=Vendor,O=Acme", issuer: root, from: "2020-01-01", to: "2060-01-01", serial: 7n }).der,
    );
    expect(certificate).toMatchObject({ version: 3, serial: 7n, notBefore: Date.UTC(2020, 0, 1), notAfter: Date.UTC(2060, 0, 1) });
    expect(certificate.subject.text).toBe("O=Acme, CN=Vendor");
    expect(certificate.publicKey).toMatchObject({ algorithm: "EC", size: 256, curve: "prime256v1" });
    expect([...(certificate.extensions.keyUsage ?? [])]).toEqual(["digitalSignature"]);
    expect(isSignedBy(certificate, parseCertificate(root.der).publicKey)).toBe(true);
    expect(isSignedBy(certificate, certificate.publicKey)).toBe(false);
  });

  it.each<[string, Buffer]>([
    ["nothing", Buffer.alloc(0)],
    ["an empty sequence", sequence()],
    ["bytes behind it", Buffer.concat([root.der, Buffer.from([0])])],
    ["a certificate that is cut off", root.der.subarray(0, 100)],
    ["an extension twice", withExtension(extension("1.2.3", nullValue()), extension("1.2.3", nullValue()))],
    ["a critical extension that cannot be read", withExtension(extension("2.5.29.15", integer(1), "critical"))],
    ["an extension without a value", withExtension(sequence(oid("1.2.3")))],
    ["an extension that is no sequence", withExtension(integer(1))],
    ["an extension with a fourth part", withExtension(sequence(oid("1.2.3"), boolean("true"), tlv(4), nullValue()))],
    ["an empty subject without a critical alternative name", issue({ subject: "" }).der],
  ])("refuses %s", (_, der) => {
    expect(() => parseCertificate(der)).toThrow(Asn1Error);
  });

  it.each<[string, Buffer]>([
    ["KeyUsage", extension("2.5.29.15", integer(1))],
    ["BasicConstraints", extension("2.5.29.19", sequence(integer(1), integer(2)))],
    ["ExtendedKeyUsage", extension("2.5.29.37", sequence(integer(1)))],
    ["SubjectAltName", extension("2.5.29.17", sequence(integer(1)))],
    ["NameConstraints", extension("2.5.29.30", sequence(sequence()))],
    ["AuthorityKeyIdentifier", extension("2.5.29.35", sequence(integer(1)))],
    ["trailing bytes", extension("2.5.29.15", Buffer.concat([keyUsageBits([0]), nullValue()]))],
    ["a bit string of nothing", extension("2.5.29.15", bitString(Buffer.alloc(0), 3))],
  ])("remembers a plain extension that cannot be read: %s", (_, bytes) => {
    expect(parseCertificate(withExtension(bytes)).extensions.malformed).toHaveLength(1);
  });
});
