import fc from "fast-check";
import { Asn1Error } from "../../../provider/signature/asn1/asn1-error";
import { parseCertificate } from "../../../provider/signature/x509/certificate";
import { issue } from "../../../scripts/signature/build/certificates";
import { mutateDer } from "../../../scripts/signature/fuzz/mutate-der";
import { Random } from "../../../scripts/signature/fuzz/random";

const root = issue({ subject: "CN=Root", ca: "ca" });

describe("parseCertificate", () => {
  it("throws nothing but its own error on a certificate that was changed anywhere", () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        try {
          parseCertificate(mutateDer(root.der, new Random(seed)));
        } catch (error) {
          expect(error).toBeInstanceOf(Asn1Error);
        }
      }),
      { numRuns: 400 },
    );
  });
});
