import { answerUnreadable, callFailed } from "./answer-error";
import type { CallAnswer } from "./call";
import { listLines, type Line } from "./clean-lines";

export interface Version {
  /** Such as "2024.2". */
  readonly version: string;
  /** Such as "20242.24.0807.0327". */
  readonly build: string;
}

/** Reads `tsm version`. The server's build counts; the command line's own is taken only where it is the sole one. */
export function parseVersion(answer: CallAnswer): Version {
  const candidates = [listLines(answer.stdout), listLines(answer.stderr)].map(buildsIn).find((builds) => builds.size > 0) ?? new Set();
  const [build] = candidates;
  if (build === undefined || candidates.size > 1) {
    throw answer.exit === 0
      ? answerUnreadable(answer, { expected: "one line `Tableau Server version 20242.24.0807.0327.`" })
      : callFailed(answer);
  }
  return { build, version: `${build.slice(0, 4)}.${build.slice(4, 5)}` };
}

/** Folders of Tableau Server have its name and a build in theirs, too, so the sentence counts before the name, and that before any build. */
function buildsIn(lines: readonly Line[]): ReadonlySet<string> {
  const found = [/tableau server version\b/i, /tableau server\b/i, /./]
    .map((words) => lines.flatMap(({ text }) => (words.test(text) ? (text.match(buildPattern) ?? []) : [])))
    .find((builds) => builds.length > 0);
  return new Set(found);
}

/** Release 2019.2 of 18 February 2020, 07:09, is build 20192.20.0218.0709. */
const buildPattern = /\b20\d\d\d\.\d{2}\.\d{4}\.\d{3,4}\b/g;
