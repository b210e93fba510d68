import { issue, purposes } from "../build/certificates";
import type { CertificateSpec } from "../build/certificates";
import { nullValue, oid, sequence } from "../build/der";
import { digestAlgorithm } from "../build/keys";
import type { SignatureChoice } from "../build/keys";
import { jar, usual, vendorTimestamp } from "./case";
import type { Case } from "./case";
import type { SignerSpec, TimestampSpec } from "../build/cms";
import { authority, intermediate, rsaSigner, signer, timestampRoot } from "./pki";

const signed = (name: string, spec: Partial<SignerSpec>): Case => ({
  name: `algorithm-${name}`,
  taco: jar({ blocks: [{ signers: [usual(spec)] }] }),
});
const withKey = (name: string, key: string, spec: Partial<SignerSpec> = {}, certificate: Partial<CertificateSpec> = {}): Case =>
  signed(name, { certificate: issue({ subject: `CN=Vendor ${name}`, issuer: intermediate, key, ...certificate }), ...spec });
const stamped = (name: string, spec: Partial<TimestampSpec>): Case => signed(name, { timestamp: { ...vendorTimestamp, ...spec } });
const tsa = (name: string, key: string, signature?: SignatureChoice): Case =>
  stamped(`timestamp-${name}`, {
    authority: issue({ subject: `CN=Time ${name}`, issuer: timestampRoot, key, extendedKeyUsage: [purposes.timeStamping] }),
    ...(signature === undefined ? {} : { signature }),
  });
const old = { timestamp: { ...vendorTimestamp, time: "2017-05-01T00:00:00Z" } };
const early = { from: "2010-01-01" };

/** Reference sections 2.3 and 5.6: algorithms and keys. */
export function algorithmCases(): Case[] {
  const pss = (saltLength: number, rest: Partial<NonNullable<SignatureChoice["pss"]>> = {}) => ({ pss: { saltLength, ...rest } });
  return [
    ...["sha1", "sha224", "sha256", "sha384", "sha512", "sha512-224", "sha512-256", "sha3-256", "sha3-512", "md5"].map((digest) => withKey(`rsa-${digest}`, "rsa:2048", { digest })),
    ...["sha1", "sha224", "sha256", "sha384", "sha512", "sha3-256"].map((digest) => withKey(`ec-${digest}`, "ec:prime256v1", { digest })),
    ...["prime256v1", "secp384r1", "secp521r1", "secp224r1", "secp256k1"].map((curve) => withKey(`ec-${curve}`, `ec:${curve}`)),
    ...["sha1", "sha224", "sha256"].map((digest) => withKey(`dsa-${digest}`, "dsa:2048", { digest })),
    withKey("dsa-1024", "dsa:1024", { digest: "sha1" }),
    withKey("dsa-1024-sha256", "dsa:1024"),
    ...["512", "768", "1024", "1536", "2048", "3072", "4096"].map((size) => withKey(`rsa-${size}`, `rsa:${size}`)),
    withKey("rsa-1024-old", "rsa:1024", old, early),
    withKey("ed25519", "ed25519"),
    withKey("ed25519-direct", "ed25519", { attributes: "none" }),
    withKey("ed25519-sha256", "ed25519", { digestAlgorithm: digestAlgorithm("sha256") }),
    withKey("ed448", "ed448"),
    withKey("ed448-direct", "ed448", { attributes: "none" }),
    withKey("pss-32", "rsa:2048", pss(32)),
    withKey("pss-20", "rsa:2048", pss(20)),
    withKey("pss-0", "rsa:2048", pss(0)),
    withKey("pss-sha512", "rsa:2048", { digest: "sha512", ...pss(64) }),
    withKey("pss-sha1", "rsa:2048", { digest: "sha1", ...pss(20) }),
    withKey("pss-other-mask", "rsa:2048", pss(32, { maskDigest: "sha1" })),
    withKey("pss-without-parameters", "rsa:2048", pss(32, { parameters: "absent" })),
    withKey("pss-other-digest", "rsa:2048", { ...pss(32), digestAlgorithm: digestAlgorithm("sha512") }),
    signed("rsa-encryption-oid", { certificate: rsaSigner, signatureAlgorithm: sequence(oid("1.2.840.113549.1.1.1"), nullValue()) }),
    signed("ec-public-key-oid", { signatureAlgorithm: sequence(oid("1.2.840.10045.2.1")) }),
    signed("ec-specified-oid", { signatureAlgorithm: sequence(oid("1.2.840.10045.4.3"), digestAlgorithm("sha256")) }),
    signed("ec-unknown-oid", { signatureAlgorithm: sequence(oid("1.2.840.10045.4.3.99")) }),
    signed("rsa-oid-on-ec-key", { signatureAlgorithm: sequence(oid("1.2.840.113549.1.1.11"), nullValue()) }),
    signed("hash-in-oid-ignored", { certificate: rsaSigner, signatureAlgorithm: sequence(oid("1.2.840.113549.1.1.13"), nullValue()) }),
    signed("digest-unknown", { digestAlgorithm: sequence(oid("1.2.3.4")) }),
    signed("digest-without-null", { digestAlgorithm: sequence(oid("2.16.840.1.101.3.4.2.1")) }),
    signed("digest-other", { digestAlgorithm: digestAlgorithm("sha384") }),
    signed("sha1-old", { digest: "sha1", certificate: issue({ subject: "CN=Old SHA1", issuer: issue({ subject: "CN=Test Issuing CA,O=Acme,C=DE", ca: "ca", issuer: rootOf(), ...early }), ...early }), ...old }),
    ...["sha1", "sha384", "sha512", "md5"].map((digest) => stamped(`timestamp-imprint-${digest}`, { digest })),
    tsa("rsa-2048", "rsa:2048"),
    tsa("rsa-1024", "rsa:1024"),
    tsa("rsa-512", "rsa:768"),
    tsa("sha1", "rsa:2048", { digest: "sha1" }),
    tsa("sha512", "rsa:2048", { digest: "sha512" }),
    tsa("pss", "rsa:2048", { pss: { saltLength: 32 } }),
    tsa("ed25519", "ed25519"),
    tsa("p384", "ec:secp384r1"),
    { name: "algorithm-file-sha1-old", taco: jar({ digests: ["sha1"], blocks: [{ signatureFile: { digest: "sha1" }, signers: [usual({ certificate: signer, timestamp: { authority, time: "2021-01-01T00:00:00Z" } })] }] }) },
    { name: "algorithm-all-sha1", taco: jar({ digests: ["sha1"], blocks: [{ signatureFile: { digest: "sha1" }, signers: [usual({ digest: "sha1" })] }] }) },
    { name: "algorithm-all-sha1-2017", taco: old2017() },
    { name: "algorithm-all-md5", taco: jar({ digests: ["md5"], blocks: [{ signatureFile: { digest: "md5" }, signers: [usual({ digest: "md5", certificate: rsaSigner })] }] }) },
  ]; // prettier-ignore
}

import { root } from "./pki";
function rootOf() {
  return root;
}

/** SHA-1 throughout, but with a timestamp of a time when that was allowed. */
function old2017(): Buffer {
  const ca = issue({ subject: "CN=Old Issuing CA,O=Acme,C=DE", ca: "ca", issuer: root, ...early });
  const vendor = issue({ subject: "CN=Old Vendor", issuer: ca, ...early });
  return jar({
    digests: ["sha1"],
    blocks: [
      { signatureFile: { digest: "sha1" }, certificates: [vendor, ca], signers: [usual({ digest: "sha1", certificate: vendor, ...old })] },
    ],
  });
}
