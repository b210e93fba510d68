import type { Verdict } from "../../../provider/signature";
import { verifies } from "../oracle";
import type { JavaVerdict } from "../oracle";
import type { Mutant } from "./mutants";

const slow = 2000;

/** What a run counted; figures of several runs can be added up. */
export interface Figures {
  mutants: number;
  accepted: number;
  javaAccepted: number;
  same: number;
  complaints: number;
  /** Accepted by us, and asked about at all the other JDKs and zip readers. */
  confirmed: number;
  kinds: Record<string, { mutants: number; accepted: number; stricter: number }>;
  /** Refused by us alone, by our reasons. */
  stricter: Record<string, number>;
}

export const noFigures = (): Figures => ({
  mutants: 0,
  accepted: 0,
  javaAccepted: 0,
  same: 0,
  complaints: 0,
  confirmed: 0,
  kinds: {},
  stricter: {},
});

export class Tally {
  readonly figures: Figures;
  #slowest = 0;
  #memory = 0;
  readonly #differences: Record<string, number> = {};

  constructor(figures: Figures) {
    this.figures = figures;
  }

  /** What is wrong with our verdict; undefined if nothing is. */
  add({ kind }: Mutant, verdict: Verdict | Error, java: JavaVerdict, milliseconds: number): string | undefined {
    const { figures } = this;
    figures.mutants++;
    this.#slowest = Math.max(this.#slowest, milliseconds);
    this.#memory = Math.max(this.#memory, process.memoryUsage().rss);
    if (verdict instanceof Error) {
      return this.complain(`crash: ${verdict.stack ?? verdict.message}`);
    }
    const ofKind = (figures.kinds[kind] ??= { mutants: 0, accepted: 0, stricter: 0 });
    ofKind.mutants++;
    const same = verdict.jarsigner.result === java.result && verdict.jarsigner.exitCode === java.exitCode;
    figures.same += same ? 1 : 0;
    figures.accepted += verdict.accepted ? 1 : 0;
    ofKind.accepted += verdict.accepted ? 1 : 0;
    figures.javaAccepted += verifies(java) ? 1 : 0;
    if (!same) {
      count(
        this.#differences,
        `${kind}: java ${java.result} ${java.exitCode}, we ${verdict.jarsigner.result} ${verdict.jarsigner.exitCode} ${refusals(verdict)}`,
      );
    }
    if (verifies(java) && !verdict.accepted) {
      ofKind.stricter++;
      count(figures.stricter, refusals(verdict));
    }
    if (verdict.accepted && !verifies(java)) {
      return this.complain(`accepted, but jarsigner says ${java.result} ${java.exitCode}`);
    }
    return milliseconds > slow ? this.complain(`took ${milliseconds} ms`) : undefined;
  }

  complain(text: string): string {
    this.figures.complaints++;
    return text;
  }

  text(): string {
    const { figures } = this;
    const top = (map: Readonly<Record<string, number>>): string =>
      Object.entries(map)
        .sort(([, one], [, other]) => other - one)
        .slice(0, 40)
        .map(([text, times]) => `  ${times} ${text}`)
        .join("\n");
    return [
      `${figures.mutants} mutants: jarsigner accepts ${figures.javaAccepted}, we accept ${figures.accepted} (${figures.confirmed} of them confirmed by every other reader); same result and exit code: ${figures.same}`,
      `slowest ${Math.round(this.#slowest)} ms, memory ${Math.round(this.#memory / 1e6)} MB, complaints ${figures.complaints}`,
      ...Object.entries(figures.kinds).map(
        ([kind, { mutants, accepted, stricter }]) => `  ${kind}: ${mutants} mutants, ${accepted} accepted, ${stricter} refused only by us`,
      ),
      `refused only by us:\n${top(figures.stricter)}`,
      `other results:\n${top(this.#differences)}`,
    ].join("\n");
  }
}

function refusals({ findings }: Verdict): string {
  return [...new Set(findings.filter(({ severity }) => severity === "refuse").map(({ code }) => code))].sort().join(" ");
}

function count(map: Record<string, number>, key: string): void {
  map[key] = (map[key] ?? 0) + 1;
}
