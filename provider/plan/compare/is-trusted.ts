import type { DesiredCertificate } from "../desired";
import type { TrustEntry } from "../seen-trust";

/** Whether a store trusts a certificate, under whatever alias: to Java the name means nothing. */
export function isTrusted(entries: readonly TrustEntry[], { sha256 }: Pick<DesiredCertificate, "sha256">): boolean {
  return entries.some((entry) => entry.is === "certificate" && entry.sha256 === sha256);
}
