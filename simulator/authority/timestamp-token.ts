import { algorithms, sha256 } from "./algorithms";
import { der } from "./der";
import type { Identity } from "./issue-certificate";
import { oids } from "./oids";
import { cmsAttribute, signedData } from "./signed-data";

/** A time-stamp token over a signature (RFC 3161, section 2.4.2). */
export function timestampToken(signature: Buffer, authority: Identity, time: Date): Buffer {
  const content = der.sequence(
    der.integer(1),
    der.oid(oids.testPolicy),
    der.sequence(algorithms.sha256, der.octets(sha256(signature))),
    der.integer(sha256(signature).subarray(0, 8)),
    der.generalizedTime(time),
  );
  // Which certificate signs has to be signed too (RFC 5816, section 2.2.1); SHA-256 is the default there and left out.
  const certificateId = der.sequence(der.sequence(der.sequence(der.octets(sha256(authority.certificate)))));
  return signedData({
    content,
    contentType: oids.tstInfo,
    placement: "attached",
    signer: authority,
    certificates: [authority.certificate],
    signingTime: time,
    signed: [cmsAttribute(oids.signingCertificateV2, certificateId)],
  });
}
