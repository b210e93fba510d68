import { finding } from "../findings";
import type { Finding, FindingCode } from "../findings";
import type { Certificate } from "../x509/certificate";
import { day } from "./day";

const dayLength = 24 * 60 * 60 * 1000;
const soon = 365 * dayLength;

/** Warns about the first certificate that ends within a year, in days. */
export function expirySoon(code: FindingCode, certificates: readonly Certificate[], now: number): Finding[] {
  const [first] = [...certificates].sort((one, other) => one.notAfter - other.notAfter);
  if (first === undefined || first.notAfter < now || first.notAfter >= now + soon) {
    return [];
  }
  const days = Math.floor((first.notAfter - now) / dayLength);
  return [finding(code, `The certificate of ${first.subject.text} expires in ${days} days, on ${day(first.notAfter)}.`)];
}
