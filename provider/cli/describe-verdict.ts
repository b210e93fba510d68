import { printableLine } from "../vocabulary/printable";
import type { SignerReport, Verdict } from "../signature";

/** A verdict for people: what was decided, by whom the package is signed, and every finding with its sentence. */
export function describeVerdict(file: string, { accepted, jarsigner, findings, signers, tableau }: Verdict): string {
  const lines = [
    `${printableLine(file)}: ${accepted ? "accepted" : "refused"} (jarsigner: ${jarsigner.result}, exit code ${jarsigner.exitCode})`,
    ...signers.map(describeSigner),
    ...findings.map(({ severity, code, message }) => `  ${severity === "refuse" ? "refused" : "warning"} [${code}] ${message}`),
    ...(tableau === undefined ? [] : tableau.log.map((line) => `  Tableau ${tableau.version} would log: ${printableLine(line)}`)),
  ];
  return `${lines.join("\n")}\n`;
}

function describeSigner({ subject, algorithms, key, notAfter, timestamp }: SignerReport): string {
  const time = timestamp === null ? "without a timestamp" : `timestamped ${timestamp.time} by ${timestamp.authority.subject}`;
  return `  signed by ${printableLine(subject)} (${key}, ${algorithms.join(", ")}, valid until ${notAfter.slice(0, 10)}), ${printableLine(time)}`;
}
