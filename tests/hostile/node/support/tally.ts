import type { whyHarmless } from "./legal";
import type { Outcome } from "./outcome";

/** Which lie was told where. */
export interface Told {
  readonly door: string;
  readonly script: string;
  readonly line: string;
  readonly what: string;
  readonly why: keyof typeof whyHarmless;
}

/** What became of all lies, by script. */
export class Tally {
  readonly wrong: string[] = [];
  readonly #rows = new Map<string, { lines: Map<string, number>; lies: number; harmless: number; codes: Map<string, number> }>();
  readonly #harmless = new Map<string, number>();

  add({ door, script, line, what, why }: Told, { kind, code, why: wrong = "" }: Outcome): void {
    if (kind === "not told") return;
    const row = this.#rows.get(script) ?? { lines: new Map<string, number>(), lies: 0, harmless: 0, codes: new Map<string, number>() };
    this.#rows.set(script, row);
    row.lies += 1;
    row.lines.set(line, (row.lines.get(line) ?? 0) + 1);
    if (kind === "wrong") this.wrong.push(`${door}: ${script} ${line}: ${what}: ${wrong}`);
    else if (kind === "refused" && code !== undefined) row.codes.set(code, (row.codes.get(code) ?? 0) + 1);
    else {
      row.harmless += 1;
      this.#harmless.set(why, (this.#harmless.get(why) ?? 0) + 1);
    }
  }

  /** The scripts about whose answers there were lies. */
  get scripts(): string[] {
    return [...this.#rows.keys()].sort();
  }

  /** Lines about which there were fewer lies than so many. */
  fewerThan(least: number): string[] {
    return [...this.#rows].flatMap(([script, { lines }]) =>
      [...lines].filter(([, lies]) => lies < least).map(([line, lies]) => `${script} ${line} ${String(lies)}`),
    );
  }

  table(): string {
    const rows = [...this.#rows].map(([script, { lines, lies, harmless, codes }]) => {
      const refused = [...codes].sort(([, a], [, b]) => b - a).map(([code, times]) => `${code} ${String(times)}`);
      return `${script.padEnd(15)} ${String(lines.size).padStart(5)} ${String(lies).padStart(7)} ${String(harmless).padStart(8)}  ${refused.join(", ")}\n`;
    });
    const harmless = [...this.#harmless].map(([why, times]) => `${why} ${String(times)}`).join(", ");
    return `action          lines    lies harmless  refused\n${rows.join("")}harmless: ${harmless}\nwrong: ${String(this.wrong.length)}\n`;
  }
}
