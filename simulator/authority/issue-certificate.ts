import { createPublicKey, sign, type KeyObject } from "node:crypto";
import { algorithms, sha256 } from "./algorithms";
import { der } from "./der";
import { oids } from "./oids";

/** Somebody with a certificate and its key. */
export interface Identity {
  readonly certificate: Buffer;
  readonly key: KeyObject;
  /** DER of the subject. */
  readonly name: Buffer;
  /** DER of the issuer's name and of the serial number, by which signatures point to the certificate. */
  readonly issuerAndSerial: Buffer;
}

export interface CertificateRequest {
  readonly commonName: string;
  readonly organization: string;
  readonly key: KeyObject;
  readonly purpose: "authority" | "code-signing" | "time-stamping";
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** Absent: self-signed. */
  readonly issuer?: Identity;
}

/** Issues an X.509 certificate (RFC 5280, section 4). The same request always gives the same bytes. */
export function issueCertificate(request: CertificateRequest): Identity {
  const { commonName, organization, key, issuer, notBefore, notAfter } = request;
  const name = der.sequence(attribute(oids.organizationName, organization), attribute(oids.commonName, commonName));
  const publicKey = createPublicKey(key).export({ format: "der", type: "spki" });
  const issuerName = issuer?.name ?? name;
  const issuerKey = issuer?.key ?? key;
  const serial = der.integer(sha256(`${organization}/${commonName}`).subarray(0, 8));
  const body = der.sequence(
    der.context(0, der.integer(2)),
    serial,
    algorithms.sha256WithRsa,
    issuerName,
    der.sequence(der.utcTime(notBefore), der.utcTime(notAfter)),
    name,
    publicKey,
    der.context(3, der.sequence(...extensions(request, issuerKey))),
  );
  const certificate = der.sequence(body, algorithms.sha256WithRsa, der.bits(sign("sha256", body, issuerKey)));
  return { certificate, key, name, issuerAndSerial: der.sequence(issuerName, serial) };
}

function attribute(type: string, value: string): Buffer {
  return der.set(der.sequence(der.oid(type), der.text(value)));
}

// RFC 5280, section 4.2.1; that a time-stamping certificate has that one critical purpose and no other: RFC 3161, section 2.3.
function extensions({ purpose, key }: CertificateRequest, issuerKey: KeyObject): Buffer[] {
  const identifiers = [
    extension(oids.subjectKeyIdentifier, der.octets(keyIdentifier(key))),
    extension(oids.authorityKeyIdentifier, der.sequence(der.contextPrimitive(0, keyIdentifier(issuerKey)))),
  ];
  switch (purpose) {
    case "authority":
      return [...identifiers, critical(oids.basicConstraints, der.sequence(der.true())), critical(oids.keyUsage, usages.signCertificates)];
    case "code-signing":
      return [
        ...identifiers,
        critical(oids.keyUsage, usages.signContent),
        extension(oids.extKeyUsage, der.sequence(der.oid(oids.codeSigning))),
      ];
    case "time-stamping":
      return [
        ...identifiers,
        critical(oids.keyUsage, usages.signContent),
        critical(oids.extKeyUsage, der.sequence(der.oid(oids.timeStamping))),
      ];
  }
}

const usages = {
  /** keyCertSign and cRLSign. */
  signCertificates: der.bits(Buffer.from([0x06]), 1),
  /** digitalSignature. */
  signContent: der.bits(Buffer.from([0x80]), 7),
};

function extension(oid: string, value: Buffer): Buffer {
  return der.sequence(der.oid(oid), der.octets(value));
}

function critical(oid: string, value: Buffer): Buffer {
  return der.sequence(der.oid(oid), der.true(), der.octets(value));
}

function keyIdentifier(key: KeyObject): Buffer {
  return sha256(createPublicKey(key).export({ format: "der", type: "spki" })).subarray(0, 20);
}
