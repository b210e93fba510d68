import type { Finding } from "../../../provider/plan/step";

/** What is found and where, without the words. */
export function codesOf(findings: readonly Finding[]): string[] {
  return findings.map(({ code, node }) => [code, node].filter((word) => word !== undefined).join(" "));
}
