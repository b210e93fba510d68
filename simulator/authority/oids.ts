/** Object identifiers by the names that their standards give them. */
export const oids = {
  // RFC 8017, RFC 5754
  rsaEncryption: "1.2.840.113549.1.1.1",
  sha256WithRsaEncryption: "1.2.840.113549.1.1.11",
  sha256: "2.16.840.1.101.3.4.2.1",
  // RFC 5280
  commonName: "2.5.4.3",
  organizationName: "2.5.4.10",
  subjectKeyIdentifier: "2.5.29.14",
  keyUsage: "2.5.29.15",
  basicConstraints: "2.5.29.19",
  authorityKeyIdentifier: "2.5.29.35",
  extKeyUsage: "2.5.29.37",
  codeSigning: "1.3.6.1.5.5.7.3.3",
  timeStamping: "1.3.6.1.5.5.7.3.8",
  // RFC 5652
  data: "1.2.840.113549.1.7.1",
  signedData: "1.2.840.113549.1.7.2",
  contentType: "1.2.840.113549.1.9.3",
  messageDigest: "1.2.840.113549.1.9.4",
  signingTime: "1.2.840.113549.1.9.5",
  // RFC 6211
  cmsAlgorithmProtection: "1.2.840.113549.1.9.52",
  // RFC 3161, RFC 5035
  tstInfo: "1.2.840.113549.1.9.16.1.4",
  timeStampToken: "1.2.840.113549.1.9.16.2.14",
  signingCertificateV2: "1.2.840.113549.1.9.16.2.47",
  // The arc that RFC 7229 keeps for test policies.
  testPolicy: "1.3.6.1.5.5.7.13.1",
} as const;
