import type { SignerReport, Verdict } from "../signature";

/** A verdict for people: what was decided, by whom the package is signed, and every finding with its sentence. */
export function describeVerdict(file: string, { accepted, jarsigner, findings, signers, tableau }: Verdict): string {
  const lines = [
    `${printable(file)}: ${accepted ? "accepted" : "refused"} (jarsigner: ${jarsigner.result}, exit code ${jarsigner.exitCode})`,
    ...signers.map(describeSigner),
    ...findings.map(({ severity, code, message }) => `  ${severity === "refuse" ? "refused" : "warning"} [${code}] ${printable(message)}`),
    ...(tableau === undefined ? [] : tableau.log.map((line) => `  Tableau ${tableau.version} would log: ${printable(line)}`)),
  ];
  return `${lines.join("\n")}\n`;
}

function describeSigner({ subject, algorithms, key, notAfter, timestamp }: SignerReport): string {
  const time = timestamp === null ? "without a timestamp" : `timestamped ${timestamp.time} by ${timestamp.authority.subject}`;
  return `  signed by ${printable(subject)} (${key}, ${algorithms.join(", ")}, valid until ${notAfter.slice(0, 10)}), ${printable(time)}`;
}

/** Names in a package come from strangers: control characters must not reach a terminal. */
function printable(text: string): string {
  return text.replace(
    /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
