import { issue, purposes } from "../build/certificates";

/** Authorities and signers that most cases share. Dates are chosen so that verdicts stay right for decades. */
export const root = issue({ subject: "CN=Test Root,O=Acme,C=DE", ca: "ca" });
export const intermediate = issue({ subject: "CN=Test Issuing CA,O=Acme,C=DE", ca: "ca", issuer: root });
export const signer = issue({ subject: "CN=Connector Vendor,O=Vendor,C=DE", issuer: intermediate });
export const secondSigner = issue({ subject: "CN=Second Vendor,O=Vendor,C=DE", issuer: intermediate });
export const rsaSigner = issue({ subject: "CN=RSA Vendor,O=Vendor,C=DE", issuer: intermediate, key: "rsa:2048" });

export const timestampRoot = issue({ subject: "CN=Time Root,O=Clock,C=DE", ca: "ca" });
export const authority = issue({
  subject: "CN=Time Authority,O=Clock,C=DE",
  issuer: timestampRoot,
  extendedKeyUsage: [purposes.timeStamping],
});

/** Nobody trusts these. */
export const strangeRoot = issue({ subject: "CN=Strange Root,O=Elsewhere,C=XX", ca: "ca" });
export const stranger = issue({ subject: "CN=Stranger,O=Elsewhere,C=XX", issuer: strangeRoot });
