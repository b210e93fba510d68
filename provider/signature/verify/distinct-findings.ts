import { finding } from "../findings";
import type { Finding, FindingCode } from "../findings";

/** What there are more of is only counted. */
export const mostOfOneKind = 20;

/**
 * Every finding once, and not hundreds of one kind.
 *
 * @param further how many more of a kind there are than are listed, each different from all others, where that was too many to list.
 */
export function distinctFindings(findings: readonly Finding[], further: ReadonlyMap<FindingCode, number>): Finding[] {
  const different = [...new Map(findings.map((one) => [`${one.code} ${one.message}`, one])).values()];
  const byCode = new Map<FindingCode, Finding[]>();
  for (const one of different) {
    const same = byCode.get(one.code) ?? [];
    byCode.set(one.code, same);
    same.push(one);
  }
  return [...byCode].flatMap(([code, same]) => {
    const rest = same.length + (further.get(code) ?? 0) - mostOfOneKind;
    return rest <= 0 ? same : [...same.slice(0, mostOfOneKind), finding(code, `There are ${rest} more findings of this kind.`)];
  });
}
