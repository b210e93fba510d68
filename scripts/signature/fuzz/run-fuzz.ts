import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openTrustStores, verifyTaco } from "../../../provider/signature";
import type { Verdict } from "../../../provider/signature";
import { runMain } from "../../run-main.cjs";
import { pem } from "../build/certificates";
import { writeJks } from "../build/jks";
import { defaultStore } from "../cases/case";
import { findJdks, referenceJdk } from "../jdks";
import { Oracle } from "../oracle";
import type { JavaVerdict } from "../oracle";
import { makeMutant } from "./mutants";
import type { Mutant } from "./mutants";
import { Random } from "./random";

const slow = 2000;
const kept = join(__dirname, "../../../tests/signature/counterexamples");

/**
 * `npm run fuzz:signature -- --minutes N [--seed S] [--mutants M]`: compares our verdicts on mutated packages with those of jarsigner.
 *
 * What must not be (a package that we accept and Java refuses, a crash, more than two seconds) is kept as a test case, and ends the
 * run with status 1 in the end.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      minutes: { type: "string", default: "1" },
      seed: { type: "string" },
      mutants: { type: "string" },
      verbose: { type: "boolean" },
    },
  });
  const seed = Number(values.seed ?? Date.now() % 1_000_000_000);
  const until = Date.now() + Number(values.minutes) * 60_000;
  const most = Number(values.mutants ?? Infinity);
  const work = mkdtempSync(join(tmpdir(), "fuzz-"));
  const store = join(work, "store.jks");
  writeFileSync(store, writeJks(defaultStore));
  const trust = await openTrustStores({ keystores: [{ name: "store", bytes: Buffer.from(defaultStore.map(pem).join("")) }] });
  const oracle = new Oracle(referenceJdk(findJdks()));
  const tally = new Tally();
  console.log(`seed ${seed}, jarsigner ${oracle.version}`);
  for (let index = 0; index < most && Date.now() < until; index++) {
    const mutant = makeMutant(new Random(seed + index));
    const path = join(work, "mutant.taco");
    writeFileSync(path, mutant.taco);
    const java = oracle.verify(path, store);
    const { verdict, milliseconds } = await timed(() => verifyTaco(mutant.taco, { trust }));
    const complaint = tally.add(mutant, verdict, await java, milliseconds);
    if (complaint !== undefined) {
      keep(mutant, await java, complaint, `seed ${seed + index}`);
    }
    if (values.verbose === true && index % 1000 === 999) {
      console.log(tally.text());
    }
  }
  console.log(tally.text());
  oracle.end();
  rmSync(work, { recursive: true });
  return tally.complaints === 0 ? 0 : 1;
}

async function timed(action: () => Promise<Verdict>): Promise<{ readonly verdict: Verdict | Error; readonly milliseconds: number }> {
  // Processor time, not the clock's: the JVM and others run at the same time.
  const start = process.cpuUsage();
  const verdict = await action().catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
  const { user, system } = process.cpuUsage(start);
  return { verdict, milliseconds: (user + system) / 1000 };
}

class Tally {
  complaints = 0;
  #mutants = 0;
  #accepted = 0;
  #javaAccepted = 0;
  #same = 0;
  #slowest = 0;
  #memory = 0;
  readonly #kinds = new Map<string, { mutants: number; differing: number; stricter: number }>();
  readonly #stricter = new Map<string, number>();
  readonly #differences = new Map<string, number>();

  /** What is wrong with our verdict; undefined if nothing is. */
  add({ kind }: Mutant, verdict: Verdict | Error, java: JavaVerdict, milliseconds: number): string | undefined {
    this.#mutants++;
    this.#slowest = Math.max(this.#slowest, milliseconds);
    this.#memory = Math.max(this.#memory, process.memoryUsage().rss);
    if (verdict instanceof Error) {
      return this.#complain(`crash: ${verdict.stack ?? verdict.message}`);
    }
    const ofKind = this.#kinds.get(kind) ?? { mutants: 0, differing: 0, stricter: 0 };
    this.#kinds.set(kind, ofKind);
    ofKind.mutants++;
    const javaAccepts = java.result === "verified" && java.exitCode === 0;
    const same = verdict.jarsigner.result === java.result && verdict.jarsigner.exitCode === java.exitCode;
    this.#accepted += verdict.accepted ? 1 : 0;
    this.#javaAccepted += javaAccepts ? 1 : 0;
    this.#same += same ? 1 : 0;
    ofKind.differing += same ? 0 : 1;
    if (!same) {
      count(
        this.#differences,
        `${kind}: java ${java.result} ${java.exitCode}, we ${verdict.jarsigner.result} ${verdict.jarsigner.exitCode} ${refusals(verdict)}`,
      );
    }
    if (javaAccepts && !verdict.accepted) {
      ofKind.stricter++;
      count(this.#stricter, refusals(verdict));
    }
    if (verdict.accepted && !javaAccepts) {
      return this.#complain(`accepted, but jarsigner says ${java.result} ${java.exitCode}`);
    }
    return milliseconds > slow ? this.#complain(`took ${milliseconds} ms`) : undefined;
  }

  text(): string {
    const top = (map: Map<string, number>): string =>
      [...map]
        .sort((one, other) => other[1] - one[1])
        .slice(0, 25)
        .map(([text, times]) => `  ${times} ${text}`)
        .join("\n");
    return [
      `${this.#mutants} mutants: jarsigner accepts ${this.#javaAccepted}, we accept ${this.#accepted}; same result and exit code: ${this.#same}`,
      `slowest ${Math.round(this.#slowest)} ms, memory ${Math.round(this.#memory / 1e6)} MB, complaints ${this.complaints}`,
      ...[...this.#kinds].map(
        ([kind, { mutants, differing, stricter }]) =>
          `  ${kind}: ${mutants} mutants, ${differing} other results, ${stricter} refused only by us`,
      ),
      `refused only by us:\n${top(this.#stricter)}`,
      `other results:\n${top(this.#differences)}`,
    ].join("\n");
  }

  #complain(text: string): string {
    this.complaints++;
    return text;
  }
}

function refusals({ findings }: Verdict): string {
  return [...new Set(findings.filter(({ severity }) => severity === "refuse").map(({ code }) => code))].sort().join(" ");
}

function count(map: Map<string, number>, key: string): void {
  map.set(key, (map.get(key) ?? 0) + 1);
}

function keep({ kind, taco }: Mutant, java: JavaVerdict, complaint: string, origin: string): void {
  mkdirSync(kept, { recursive: true });
  const name = `${kind}-${createHash("sha256").update(taco).digest("hex").slice(0, 12)}`;
  writeFileSync(join(kept, `${name}.taco`), taco);
  writeFileSync(
    join(kept, `${name}.json`),
    `${JSON.stringify({ jarsigner: java, complaint: complaint.split("\n")[0], origin, store: defaultStore.map(pem).join("") }, null, 1)}\n`,
  );
  console.log(`${name}: ${complaint}`);
}

void runMain(main);
