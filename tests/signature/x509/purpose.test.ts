import { parseCertificate } from "../../../provider/signature/x509/certificate";
import { codeSigningUsageProblem, purposeProblem } from "../../../provider/signature/x509/purpose";
import { type CertificateSpec, extension, issue, purposes, usages } from "../../../scripts/signature/build/certificates";
import { bitString } from "../../../scripts/signature/build/der";

const netscape = (bits: number): Buffer => extension("2.16.840.1.113730.1.1", bitString(Buffer.from([bits])));
const { codeSigning, timeStamping, serverAuth, any } = purposes;
const { digitalSignature, nonRepudiation, keyEncipherment } = usages;
const wrongUsage = "its KeyUsage does not include digitalSignature";
const noSignatures = "its KeyUsage allows no signatures";
const noCode = "its ExtendedKeyUsage does not include codeSigning";
const noStamps = "its ExtendedKeyUsage does not include timeStamping";
const noObjects = "its NetscapeCertType does not include object signing";
const fine = undefined;

// Why it may not sign code, why no timestamps, and what jarsigner says of it.
test.each<[string, Partial<CertificateSpec>, string | undefined, string | undefined, string | undefined]>([
  ["nothing is said", { keyUsage: "absent", extendedKeyUsage: [] }, fine, noStamps, fine],
  ["signatures", { keyUsage: [digitalSignature], extendedKeyUsage: [] }, fine, noStamps, fine],
  ["another usage", { keyUsage: [keyEncipherment], extendedKeyUsage: [timeStamping] }, wrongUsage, wrongUsage, noSignatures],
  ["signatures that bind", { keyUsage: [nonRepudiation], extendedKeyUsage: [codeSigning] }, wrongUsage, wrongUsage, fine],
  ["code", { extendedKeyUsage: [codeSigning] }, fine, noStamps, fine],
  ["timestamps", { extendedKeyUsage: [timeStamping] }, noCode, fine, noCode],
  ["several purposes", { extendedKeyUsage: [serverAuth, timeStamping, codeSigning] }, fine, fine, fine],
  ["any purpose", { extendedKeyUsage: [any] }, fine, fine, fine],
  ["servers", { extendedKeyUsage: [serverAuth] }, noCode, noStamps, noCode],
  ["objects, by Netscape", { extendedKeyUsage: [any], extensions: [netscape(0x10)] }, fine, fine, fine],
  ["other things, by Netscape", { extendedKeyUsage: [any], extensions: [netscape(0xef)] }, noObjects, fine, noObjects],
])("made for %s", (_name, spec, code, stamps, jarsigner) => {
  const certificate = parseCertificate(issue({ subject: "CN=Purpose", ...spec }).der);
  expect(purposeProblem(certificate, "code-signing")).toBe(code);
  expect(purposeProblem(certificate, "time-stamping")).toBe(stamps);
  expect(codeSigningUsageProblem(certificate)).toBe(jarsigner);
});
