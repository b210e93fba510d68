import type { KeyObject } from "node:crypto";
import { issueCertificate, type CertificateRequest, type Identity } from "./issue-certificate";

/** RSA private keys. */
export interface AuthorityKeys {
  readonly root: KeyObject;
  readonly issuing: KeyObject;
  readonly signer: KeyObject;
  readonly timestamping: KeyObject;
}

/** A certification authority and those it has certified. All is for simulations only. */
export interface Authority {
  readonly root: Identity;
  /** The intermediate authority that certifies signers. */
  readonly issuing: Identity;
  /** Signs packages; valid from 2024 to 2044, like all others but the next. */
  readonly signer: Identity;
  /** Its certificate ended with 2024. */
  readonly expiredSigner: Identity;
  readonly timestamping: Identity;
}

const organization = "pulumi-tableau, for simulations only";

/** Founds an authority. The same name and keys always give the same certificates. */
export function createAuthority(name: string, keys: AuthorityKeys): Authority {
  const year = (value: number): Date => new Date(Date.UTC(value, 0, 1));
  const issue = (role: string, request: Pick<CertificateRequest, "key" | "purpose" | "issuer">, endYear = 2044): Identity =>
    issueCertificate({ ...request, commonName: `${name} ${role}`, organization, notBefore: year(2024), notAfter: year(endYear) });
  const root = issue("Root CA", { key: keys.root, purpose: "authority" });
  const issuing = issue("Code Signing CA", { key: keys.issuing, purpose: "authority", issuer: root });
  return {
    root,
    issuing,
    signer: issue("Connector Vendor", { key: keys.signer, purpose: "code-signing", issuer: issuing }),
    expiredSigner: issue("Expired Vendor", { key: keys.signer, purpose: "code-signing", issuer: issuing }, 2025),
    timestamping: issue("Time Stamping", { key: keys.timestamping, purpose: "time-stamping", issuer: root }),
  };
}
