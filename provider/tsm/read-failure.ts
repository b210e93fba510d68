import type { CallAnswer } from "./call";
import { cleanLines, listLines } from "./clean-lines";

/** A reason for which tsm itself does not answer, whatever was asked. */
export type Failure = "controller-unreachable" | "login-needed" | "option-unknown" | "program-unusable";

/**
 * Reads from the text why tsm did not answer, from either stream: the exit statuses are not documented, and a role in public
 * use finds "Could not connect to server" on standard output.
 *
 * Only beginnings of lines count, so that the value of a key in a list is hardly ever taken for a failure.
 */
export function readFailure(answer: CallAnswer): Failure | undefined {
  // Beside an answer, standard error is noise: a logger that does not reach its server says so in words like tsm's.
  const errors = answer.exit === 0 && listLines(answer.stdout).length > 0 ? [] : cleanLines(answer.stderr);
  const lines = [...cleanLines(answer.stdout), ...errors].map((line) => line.text.trim());
  const known = patterns.find(({ pattern, and }) => lines.some((line) => pattern.test(line) && (and?.test(line) ?? true)));
  if (known !== undefined) {
    return known.failure;
  }
  if (answer.exit !== 0 && lines.some((line) => passwordQuestion.test(line))) {
    return "login-needed";
  }
  return answer.exit === 126 || answer.exit === 127 ? "program-unusable" : undefined;
}

interface Pattern {
  readonly failure: Failure;
  readonly pattern: RegExp;
  /** What the line must match as well: two patterns without a gap take linear time, one with `.*` in its middle need not. */
  readonly and?: RegExp;
}

const patterns: readonly Pattern[] = [
  {
    failure: "controller-unreachable",
    pattern: /^(?:error: )?(?:could not|cannot|unable to|failed to) connect to /i,
    and: /connect to (?:the )?(?:server|tsm|tableau services manager)|controller/i,
  },
  { failure: "controller-unreachable", pattern: /^(?:error: )?(?:java\.net\.ConnectException|connection refused)/i },
  {
    failure: "login-needed",
    pattern:
      /^(?:error: )?(?:you (?:are not|aren't|must be|must|need to|have to) (?:logged|log|sign|signed) ?in|(?:please )?(?:log|sign) ?in (?:is )?(?:required|again|first|before|to )|not logged in)/i,
  },
  {
    failure: "login-needed",
    pattern:
      /^(?:error: )?(?:your |the )?(?:tsm )?(?:session|login|token|authentication) (?:has |is )?(?:expired|invalid|timed out|required)/i,
  },
  { failure: "login-needed", pattern: /^(?:error: )?(?:login|authentication|authorization|sign-in) (?:failed|failure|denied|was denied)/i },
  { failure: "login-needed", pattern: /^(?:error: )?(?:invalid|incorrect|wrong) (?:username|user name|credentials|password|login)/i },
  {
    failure: "login-needed",
    pattern: /^(?:error: )?(?:the )?(?:user|account)\b/i,
    and: / is not (?:authori[sz]ed|allowed|permitted|a member of)/i,
  },
  // The number alone says nothing: lines of a list of jobs begin with a job's number.
  {
    failure: "login-needed",
    pattern: /^(?:error: )?(?:(?:(?:http|status|code):? )+401\b|401:? (?:- )?unauthori[sz]ed\b|unauthori[sz]ed\b)/i,
  },
  { failure: "option-unknown", pattern: /^(?:error: )?(?:unrecognized|unknown|ambiguous) option: /i },
  { failure: "option-unknown", pattern: /^(?:error: )?(?:unrecognized|unknown) command\b/i },
  {
    failure: "program-unusable",
    pattern: /^\S+: (?:line )?\d+: /i,
    and: /: (?:not found|command not found|permission denied|cannot execute)/i,
  },
  { failure: "program-unusable", pattern: /: (?:command not found|cannot execute binary file)$|: bad interpreter: /i },
];

const passwordQuestion = /^(?:enter )?password(?: for .*)?:/i;
