import { parseCertificate } from "../../../provider/signature/x509/certificate";
import { extension, issue } from "../../../scripts/signature/build/certificates";
import { tlv } from "../../../scripts/signature/build/der";

const ordinary = issue({ subject: "CN=Vendor" }).der;
const huge = issue({ subject: "CN=Vendor", extensions: [extension("1.2.3.4", tlv(4, Buffer.alloc(10_000)))] }).der;

test("a certificate that many packages hold is read once", () => {
  expect(parseCertificate(Buffer.from(ordinary))).toBe(parseCertificate(ordinary));
});

test("one of an unusual size takes no memory for ever", () => {
  expect(parseCertificate(huge)).not.toBe(parseCertificate(huge));
  expect(parseCertificate(huge)).toEqual(parseCertificate(huge));
});
