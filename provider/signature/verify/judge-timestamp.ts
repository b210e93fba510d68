import type { Timestamp } from "../cms/timestamp";
import { finding } from "../findings";
import type { Finding } from "../findings";
import { findPath } from "../x509/find-path";
import type { PathProblem } from "../x509/path-problem";
import { validity } from "../x509/validity";
import type { Context } from "./context";
import { day } from "./day";
import { expirySoon } from "./expiry";

export interface JudgedTimestamp {
  readonly expired: boolean;
  readonly chainInvalid: boolean;
  readonly findings: readonly Finding[];
}

/**
 * Judges the authority behind a timestamp, always as of now: a timestamp counts only as long as its authority's chain is valid.
 *
 * @param signerExpires when the signer's own chain ends.
 */
export function judgeTimestamp({ time, chain }: Timestamp, signerExpires: number | undefined, context: Context): JudgedTimestamp {
  const untrusted = chain.filter((link) => !context.anchors.has(link));
  const expired = untrusted.filter((link) => validity(link, context.at) === "expired");
  const pathAt = (date: number): PathProblem | undefined =>
    findPath(chain, context.anchors, "time-stamping", {
      constraints: context.certPath,
      blocked: context.blocked,
      date,
      algorithmDate: context.at,
    });
  const path = pathAt(context.at);
  // Java looks no further once a certificate has expired, not even at its signature.
  const pathThen = path?.code === "expired" ? pathAt(time) : path;
  const chainInvalid = path !== undefined && !(path.code === "expired" && expired.length > 0);
  const who = chain[0]?.subject.text ?? "an unknown authority";
  const signerEnded = signerExpires !== undefined && signerExpires <= context.at;
  const findings: Finding[] = expired.map(({ subject, notAfter }) =>
    finding(
      signerEnded ? "timestamp-expired" : "timestamp-authority-expired",
      `The timestamp's certificate of ${subject.text} expired on ${day(notAfter)}${signerEnded ? ", and so did the signer's" : ""}.`,
    ),
  );
  if (pathThen !== undefined && context.anchors.anchors.length > 0) {
    findings.push(finding("timestamp-untrusted", `The time-stamping authority ${who} is not trusted: ${pathThen.reason}.`));
  }
  if (time > context.at) {
    findings.push(finding("timestamp-in-future", `The timestamp is of ${day(time)}, which is later than now.`));
  }
  return {
    expired: expired.length > 0,
    chainInvalid,
    findings: [...findings, ...expirySoon("timestamp-expires-soon", untrusted, context.at)],
  };
}
