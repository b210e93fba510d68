import { isAtLeast } from "../../vocabulary/version";
import { finding } from "../findings";
import type { Finding } from "../findings";
import type { TableauReport } from "../verdict.types";
import { isSelfIssued } from "../x509/certificate";
import type { JudgedSigner } from "./judge-signer";
import type { Signer } from "./signer";

/** Where Tableau's own behaviour changed (https://tableau.github.io/connector-plugin-sdk/docs/run-taco). */
const firstPackaged = "2019.4";
const firstVerifying = "2020.1";
/** First release that refuses a signature block with the root certificate in it. */
export const firstReleaseThatRefusesRoots = "2025.1";

/** Adds Tableau's own rules for a version. */
export function tableauFindings(version: string, signers: readonly Signer[]): Finding[] {
  if (!isAtLeast(version, firstPackaged)) {
    return [finding("tableau-not-packaged", `Tableau ${version} does not load packaged connectors.`)];
  }
  if (!isAtLeast(version, firstVerifying)) {
    return [finding("tableau-does-not-verify", `Tableau Server ${version} does not verify signatures (Tableau Desktop does).`)];
  }
  const findings: Finding[] = [];
  for (const { block, chain, timestamp, certificate } of signers) {
    if (timestamp === undefined) {
      findings.push(finding("tableau-timestamp-missing", `Tableau rejects a package without a timestamp, and ${block} has none.`));
    }
    const root = chain.find((link) => link !== certificate && isSelfIssued(link));
    if (root !== undefined && isAtLeast(version, firstReleaseThatRefusesRoots)) {
      findings.push(
        finding(
          "tableau-root-embedded",
          `Tableau ${version} rejects a signature block with the root certificate in it; ${block} holds ${root.subject.text}.`,
        ),
      );
    }
  }
  return findings;
}

/** What Tableau's log would say (https://tableau.github.io/connector-plugin-sdk/docs/log-entries). */
export function tableauReport(
  version: string,
  findings: readonly Finding[],
  judged: readonly { readonly signer: Signer; readonly judged: JudgedSigner }[],
  entries: { readonly unsigned: boolean },
): TableauReport {
  const loads = !findings.some(({ severity }) => severity === "refuse");
  const log: string[] = [];
  if (judged.length === 0) {
    log.push(".taco is not signed.");
  }
  if (entries.unsigned && judged.length > 0) {
    log.push("There are unsigned files in the .taco.");
  }
  if (judged.some(({ judged: { flags } }) => flags.chainInvalid)) {
    log.push("The signer certificate chain is not validated.");
  }
  if (judged.some(({ judged: { flags } }) => flags.expired)) {
    log.push("The signer certificate has expired.");
  }
  if (judged.some(({ judged: { flags } }) => flags.notYetValid)) {
    log.push("The signer certificate is not yet valid.");
  }
  if (judged.some(({ judged: { flags } }) => flags.badUsage)) {
    log.push("Bad key usage");
  }
  if (log.length === 0 && loads) {
    log.push(".taco verified.");
  }
  for (const { signer } of judged) log.push(`Signed by: ${signer.certificate.subject.text}`);
  if (!loads) {
    log.push("Taco signature verification failed", "Package signature verification failed during connection creation.");
  }
  return { version, loads, log };
}
