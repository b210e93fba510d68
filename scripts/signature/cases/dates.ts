import { issue, purposes, usages } from "../build/certificates";
import type { Issued } from "../build/certificates";
import { integer, octetString, sequence, tlv } from "../build/der";
import { attribute, timestampToken } from "../build/cms";
import type { TimestampSpec } from "../build/cms";
import { jar, usual, vendorTimestamp } from "./case";
import type { Case } from "./case";
import { authority, intermediate, root, signer, strangeRoot, timestampRoot } from "./pki";

const past = { from: "2010-01-01", to: "2020-01-01" };
const future = { from: "2100-01-01", to: "2120-01-01" };
const wide = { from: "2000-01-01" };

const dated = (
  name: string,
  certificate: Issued,
  timestamp: TimestampSpec | "none",
  between: readonly Issued[] = [intermediate],
): Case => ({
  name: `date-${name}`,
  taco: jar({
    blocks: [
      { signers: [timestamp === "none" ? { certificate } : { certificate, timestamp }], certificates: [certificate, ...between, root] },
    ],
  }),
});
const stamp = (name: string, spec: Partial<TimestampSpec>): Case => dated(`timestamp-${name}`, signer, { ...vendorTimestamp, ...spec });
const raw = (name: string, value: Buffer): Case => ({
  name: `date-timestamp-${name}`,
  taco: jar({ blocks: [{ signers: [{ certificate: signer, unsigned: [attribute("1.2.840.113549.1.9.16.2.14", value)] }] }] }),
});

/** Reference section 2.5: dates and timestamps. */
export function dateCases(): Case[] {
  const ca = issue({ subject: "CN=Wide CA", ca: "ca", issuer: root, ...wide });
  const expired = issue({ subject: "CN=Expired Vendor", issuer: ca, ...past });
  const early = issue({ subject: "CN=Future Vendor", issuer: ca, ...future });
  const expiredCa = issue({ subject: "CN=Expired CA", ca: "ca", issuer: root, ...past });
  const underExpired = issue({ subject: "CN=Under Expired", issuer: expiredCa, ...wide });
  const oldAuthority = issue({
    subject: "CN=Old Authority",
    issuer: timestampRoot,
    from: "2010-01-01",
    to: "2022-01-01",
    extendedKeyUsage: [purposes.timeStamping],
  });
  const futureAuthority = issue({
    subject: "CN=Future Authority",
    issuer: timestampRoot,
    ...future,
    extendedKeyUsage: [purposes.timeStamping],
  });
  const strange = issue({ subject: "CN=Strange Authority", issuer: strangeRoot, extendedKeyUsage: [purposes.timeStamping] });
  const of = (label: string, spec: Parameters<typeof issue>[0]): TimestampSpec => ({
    authority: issue({ ...spec, subject: `CN=Authority ${label}`, issuer: timestampRoot }),
    time: vendorTimestamp.time,
  });
  return [
    dated("expired", expired, "none", [ca]),
    dated("expired-timestamp-within", expired, { authority, time: "2015-06-01T00:00:00Z" }, [ca]),
    dated("expired-timestamp-after", expired, { authority, time: "2022-06-01T00:00:00Z" }, [ca]),
    dated("expired-timestamp-before", expired, { authority, time: "2005-06-01T00:00:00Z" }, [ca]),
    dated("expired-timestamp-at-end", expired, { authority, time: "2020-01-01T00:00:00Z" }, [ca]),
    dated("expired-timestamp-untrusted", expired, { authority: strange, time: "2015-06-01T00:00:00Z" }, [ca]),
    dated("expired-both", expired, { authority: oldAuthority, time: "2015-06-01T00:00:00Z" }, [ca]),
    dated("expired-authority-before", signer, {
      authority: issue({ subject: "CN=Older Authority", issuer: timestampRoot, ...past, extendedKeyUsage: [purposes.timeStamping] }),
      time: "2021-06-01T00:00:00Z",
    }),
    dated("expired-authority-forged", signer, {
      authority: issue({ subject: "CN=Forged Authority", issuer: { ...strangeRoot, subjectName: timestampRoot.subjectName }, ...past, extendedKeyUsage: [purposes.timeStamping] }),
      time: "2021-06-01T00:00:00Z",
    }),
    dated("inverted-authority", signer, {
      authority: issue({ subject: "CN=Inverted Authority", issuer: timestampRoot, from: "2110-01-01", to: "2020-01-01", extendedKeyUsage: [purposes.timeStamping] }),
      time: "2021-06-01T00:00:00Z",
    }),
    dated("expired-authority", signer, { authority: oldAuthority, time: "2021-06-01T00:00:00Z" }),
    dated("expired-authority-usage-wrong", issue({ subject: "CN=Wrong Usage", issuer: intermediate, extendedKeyUsage: [purposes.serverAuth] }), { authority: oldAuthority, time: "2021-06-01T00:00:00Z" }),
    dated("future-authority", signer, { authority: futureAuthority, time: "2021-06-01T00:00:00Z" }),
    dated("not-yet-valid", early, "none", [ca]),
    dated("not-yet-valid-timestamp", early, vendorTimestamp, [ca]),
    dated("not-yet-valid-timestamp-future", early, { authority, time: "2110-01-01T00:00:00Z" }, [ca]),
    dated("expired-ca", underExpired, "none", [expiredCa]),
    dated("expired-ca-timestamp", underExpired, { authority, time: "2015-06-01T00:00:00Z" }, [expiredCa]),
    stamp("future", { time: "2090-01-01T00:00:00Z" }),
    stamp("fraction", { rawTime: tlv(24, Buffer.from("20240601120000.123Z")) }),
    stamp("offset", { rawTime: tlv(24, Buffer.from("20240601120000+0100")) }),
    stamp("no-seconds", { rawTime: tlv(24, Buffer.from("202406011200Z")) }),
    stamp("bad-day", { rawTime: tlv(24, Buffer.from("20240231120000Z")) }),
    stamp("bad-month", { rawTime: tlv(24, Buffer.from("20241301120000Z")) }),
    stamp("utc-time", { rawTime: tlv(23, Buffer.from("240601120000Z")) }),
    stamp("with-chain", { chain: [timestampRoot] }),
    stamp("untrusted", { authority: strange }),
    stamp("other-signature", { imprintOf: Buffer.from("another signature") }),
    stamp("other-content-type", { contentType: "1.2.840.113549.1.7.1" }),
    stamp("cut-off", { tamper: (token) => sequence(token.subarray(4, 60)) }),
    stamp("flipped", { tamper: (token) => { const copy = Buffer.from(token); copy[copy.length - 3] = (copy[copy.length - 3] ?? 0) ^ 1; return copy; } }),
    dated("timestamp-no-eku", signer, of("no-eku", { subject: "", extendedKeyUsage: [] })),
    dated("timestamp-eku-code", signer, of("eku-code", { subject: "", extendedKeyUsage: [purposes.codeSigning] })),
    dated("timestamp-eku-any", signer, of("eku-any", { subject: "", extendedKeyUsage: [purposes.any] })),
    dated("timestamp-ku-non-repudiation", signer, of("ku", { subject: "", extendedKeyUsage: [purposes.timeStamping], keyUsage: [usages.nonRepudiation] })),
    dated("timestamp-ku-none", signer, of("ku-none", { subject: "", extendedKeyUsage: [purposes.timeStamping], keyUsage: [usages.keyEncipherment] })),
    dated("timestamp-authority-sha1", signer, of("sha1", { subject: "", extendedKeyUsage: [purposes.timeStamping], signature: { digest: "sha1" } })),
    dated("timestamp-same-as-signer", signer, { authority: signer, time: vendorTimestamp.time }),
    raw("garbage", octetString(Buffer.from("garbage"))),
    raw("integer", integer(1)),
    raw("empty", sequence()),
    { name: "date-timestamp-twice", taco: jar({ blocks: [{ signers: [usual({ unsigned: [attribute("1.2.840.113549.1.9.16.2.14", timestampToken(Buffer.from("x"), vendorTimestamp))] })] }] }) },
    { name: "date-timestamp-two-values", taco: jar({ blocks: [{ signers: [{ certificate: signer, unsigned: [attribute("1.2.840.113549.1.9.16.2.14", timestampToken(Buffer.from("x"), vendorTimestamp), timestampToken(Buffer.from("y"), vendorTimestamp))] }] }] }) },
  ]; // prettier-ignore
}
