export { finding, findingKinds } from "./findings";
export type { Finding, FindingCategory, FindingCode, Severity } from "./findings";
export { openTrustStores } from "./trust/open-trust-stores";
export type { OpenTrustStores, TrustSources, TrustStore, TrustStoreBytes } from "./trust/open-trust-stores";
export { readCertificateFile } from "./trust/read-certificate-file";
export type { CertificateFile } from "./trust/read-certificate-file";
export { readStoreEntries } from "./trust/read-trust-store";
export type { StoreEntry } from "./trust/store-entry";
export type {
  CertificateReport,
  JarsignerResult,
  JarsignerVerdict,
  SignerReport,
  TableauReport,
  TimestampReport,
  Verdict,
} from "./verdict.types";
export { judgeTaco, unpackTaco, verifyTaco } from "./verify-taco";
export type { UnpackedTaco } from "./verify-taco";
export type { VerifyOptions } from "./verify/context";
export { firstReleaseThatRefusesRoots } from "./verify/tableau";
