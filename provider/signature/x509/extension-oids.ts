export const extensionOids = {
  subjectKeyIdentifier: "2.5.29.14",
  keyUsage: "2.5.29.15",
  subjectAltName: "2.5.29.17",
  basicConstraints: "2.5.29.19",
  nameConstraints: "2.5.29.30",
  certificatePolicies: "2.5.29.32",
  policyMappings: "2.5.29.33",
  authorityKeyIdentifier: "2.5.29.35",
  policyConstraints: "2.5.29.36",
  extendedKeyUsage: "2.5.29.37",
  inhibitAnyPolicy: "2.5.29.54",
  netscapeCertType: "2.16.840.1.113730.1.1",
} as const;

/** Extensions that Java has a class for: a critical one of another kind makes a certificate unfit to sign. */
export const knownToJava: ReadonlySet<string> = new Set([
  ...Object.values(extensionOids),
  "2.5.29.16",
  "2.5.29.18",
  "2.5.29.20",
  "2.5.29.21",
  "2.5.29.24",
  "2.5.29.27",
  "2.5.29.28",
  "2.5.29.29",
  "2.5.29.31",
  "2.5.29.46",
  "1.3.6.1.5.5.7.1.1",
  "1.3.6.1.5.5.7.1.11",
  "1.3.6.1.5.5.7.48.1.5",
]);

/** Critical extensions that Java's path validation deals with; any other critical one ends the path. */
export const handledInPaths: ReadonlySet<string> = new Set([
  extensionOids.keyUsage,
  extensionOids.subjectAltName,
  extensionOids.basicConstraints,
  extensionOids.nameConstraints,
  extensionOids.certificatePolicies,
  extensionOids.policyMappings,
  extensionOids.policyConstraints,
  extensionOids.extendedKeyUsage,
  extensionOids.inhibitAnyPolicy,
]);

export const keyPurposes = {
  any: "2.5.29.37.0",
  codeSigning: "1.3.6.1.5.5.7.3.3",
  timeStamping: "1.3.6.1.5.5.7.3.8",
} as const;
