import "./quick-keys";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual, parseArgs } from "node:util";
import { openTrustStores, verifyTaco } from "../../../provider/signature";
import type { Verdict } from "../../../provider/signature";
import { pem } from "../build/certificates";
import { writeJks } from "../build/jks";
import { defaultStore } from "../cases/case";
import { findJdks, referenceJdk } from "../jdks";
import { Oracle, verifies } from "../oracle";
import type { JavaVerdict } from "../oracle";
import { canName, findZipReaders, ownListing } from "../zip-readers";
import type { ZipReader } from "../zip-readers";
import { makeMutant } from "./mutants";
import type { Mutant } from "./mutants";
import { makeChain } from "./random-chains";
import { Random } from "./random";
import { noFigures, Tally } from "./tally";
import type { Figures } from "./tally";

const kept = join(__dirname, "../../../tests/signature/counterexamples");

/**
 * `npm run fuzz:signature -- [--of packages|chains] [--minutes N] [--mutants M] [--seed S] [--jdks V,V] [--report FILE]`: compares our verdicts on
 * mutated packages, or on packages with random certificates, with those of jarsigner.
 *
 * The newest JDK 17 is asked about each. What we accept is shown to all the others, and to other zip readers: they have to see the same files.
 * What must not be (a package that we accept and one of them does not, a crash, more than two seconds) is kept as a test case, and ends the
 * run with status 1 in the end. `--report` adds the figures to a file.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      of: { type: "string", default: "packages" },
      minutes: { type: "string", default: "1" },
      seed: { type: "string" },
      mutants: { type: "string" },
      jdks: { type: "string" },
      report: { type: "string" },
      verbose: { type: "boolean" },
    },
  });
  const make = values.of === "chains" ? makeChain : makeMutant;
  const seed = Number(values.seed ?? Date.now() % 1_000_000_000);
  const until = Date.now() + Number(values.minutes) * 60_000;
  const most = Number(values.mutants ?? Infinity);
  const work = mkdtempSync(join(tmpdir(), "fuzz-"));
  const store = join(work, "store.jks");
  writeFileSync(store, writeJks(defaultStore));
  const trust = await openTrustStores({ keystores: [{ name: "store", bytes: Buffer.from(defaultStore.map(pem).join("")) }] });
  const jdks = findJdks();
  const reference = referenceJdk(jdks);
  const chosen = values.jdks?.split(",");
  const oracle = new Oracle(reference);
  const others = jdks.filter((jdk) => jdk !== reference && (chosen?.includes(jdk.version) ?? true)).map((jdk) => new Oracle(jdk));
  const readers = findZipReaders();
  const tally = new Tally(previous(values.report));
  console.log(
    `seed ${seed}, jarsigner ${oracle.version}, for what is accepted also ${others.map(({ version }) => version).join(", ")}; ${readers.map(({ name }) => name).join(", ")}`,
  );
  try {
    for (let index = 0; index < most && Date.now() < until; index++) {
      const mutant = make(new Random(seed + index));
      const path = join(work, "mutant.taco");
      writeFileSync(path, mutant.taco);
      const asked = oracle.verify(path, store);
      const { verdict, milliseconds } = await timed(() => verifyTaco(mutant.taco, { trust }));
      const java = await asked;
      let complaint = tally.add(mutant, verdict, java, milliseconds);
      if (complaint === undefined && !(verdict instanceof Error) && verdict.accepted) {
        const objection = await objectionOf(path, mutant, store, others, readers);
        tally.figures.confirmed += objection === undefined ? 1 : 0;
        complaint = objection === undefined ? undefined : tally.complain(objection);
      }
      if (complaint !== undefined) {
        keep(mutant, java, complaint, `seed ${seed + index}`);
      }
      if (values.verbose === true && index % 1000 === 999) {
        console.log(tally.text());
      }
    }
    console.log(tally.text());
    if (values.report !== undefined) {
      writeFileSync(values.report, `${JSON.stringify(tally.figures, null, 1)}\n`);
    }
  } finally {
    [oracle, ...others, ...readers].forEach((one) => one.end());
    rmSync(work, { recursive: true });
  }
  process.exitCode = tally.figures.complaints === 0 ? 0 : 1;
}

/** Why an accepted package should not have been, by another JDK or another reader of zips. */
async function objectionOf(
  path: string,
  { kind, taco }: Mutant,
  store: string,
  others: readonly Oracle[],
  readers: readonly ZipReader[],
): Promise<string | undefined> {
  const verdicts = await Promise.all(others.map(async (other) => ({ version: other.version, verdict: await other.verify(path, store) })));
  const refused = verdicts.find(({ verdict }) => !verifies(verdict));
  if (refused !== undefined) {
    return `accepted, but the jarsigner of JDK ${refused.version} says ${refused.verdict.result} ${refused.verdict.exitCode}`;
  }
  if (!kind.startsWith("zip")) {
    return undefined;
  }
  const own = await ownListing(taco);
  for (const reader of readers.filter((one) => canName(one, own))) {
    const seen = await reader.read(path).catch((error: unknown) => String(error));
    if (!isDeepStrictEqual(seen, own)) {
      return `accepted, but ${reader.name} sees ${JSON.stringify(seen)} instead of ${JSON.stringify(own)}`;
    }
  }
  return undefined;
}

async function timed(action: () => Promise<Verdict>): Promise<{ readonly verdict: Verdict | Error; readonly milliseconds: number }> {
  // Processor time, not the clock's: the JVM and others run at the same time.
  const start = process.cpuUsage();
  const verdict = await action().catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
  const { user, system } = process.cpuUsage(start);
  return { verdict, milliseconds: (user + system) / 1000 };
}

function previous(report: string | undefined): Figures {
  return report !== undefined && existsSync(report) ? (JSON.parse(readFileSync(report, "utf8")) as Figures) : noFigures();
}

function keep({ kind, taco }: Mutant, java: JavaVerdict, complaint: string, origin: string): void {
  mkdirSync(kept, { recursive: true });
  const name = `${kind}-${createHash("sha256").update(taco).digest("hex").slice(0, 12)}`;
  writeFileSync(join(kept, `${name}.taco`), taco);
  writeFileSync(
    join(kept, `${name}.json`),
    `${JSON.stringify({ ...(verifies(java) ? {} : { jarsigner: java }), complaint: complaint.split("\n")[0], origin, store: defaultStore.map(pem).join("") }, null, 1)}\n`,
  );
  console.log(`${name}: ${complaint}`);
}

void main();
