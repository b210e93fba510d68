import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openTrustStores, verifyTaco } from "../../provider/signature";
import { pem } from "../../scripts/signature/build/certificates";
import { writeJks } from "../../scripts/signature/build/jks";
import { defaultStore } from "../../scripts/signature/cases/case";
import { hostilePackages, largeSigned, smallSigned } from "../field/signed-packages";
import { measured, timed } from "../field/timed-process";
import { atMost, faster } from "./compare";
import type { Goal, Job, JobOptions, JobResult, Row } from "./job";

const smallCase = "10 files, warm in process";
const smallProcess = "10 files, as a process";
const largeCase = "500 MB, as a process";
const jarsigner = "jarsigner";
const openssl = "openssl dgst";

interface Place {
  readonly folder: string;
  /** The same certificates for jarsigner, and for us. */
  readonly store: string;
  readonly roots: string;
}

/** Verifying packages, beside a JDK's `jarsigner -verify -strict` and `openssl dgst -sha256` of the unpacked bytes. */
export const signature: Job = {
  name: "signature",
  title: "Verifying packages, small, large and hostile ones. jarsigner is a process each time, also beside a warm one of ours.",
  async run(options) {
    if (spawnSync("jarsigner", ["-version"]).error !== undefined) throw new Error("The benchmark `signature` needs a JDK on PATH.");
    const folder = mkdtempSync(join(tmpdir(), "bench-"));
    const place = { folder, store: join(folder, "store.jks"), roots: join(folder, "roots.pem") };
    try {
      writeFileSync(place.store, writeJks(defaultStore));
      writeFileSync(place.roots, defaultStore.map(pem).join(""));
      const results = [await small(place, options), await large(place, options), await hostile(place, options)];
      return { rows: results.flatMap(({ rows }) => rows), goals: results.flatMap(({ goals }) => goals) };
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

async function small(place: Place, { runs, say }: JobOptions): Promise<JobResult> {
  const path = join(place.folder, "small.taco");
  const bytes = smallSigned();
  writeFileSync(path, bytes);
  const peer = repeat(runs + 2, () => timed(peerCommand(place, path)));
  const own = repeat(runs + 2, () => timed(ownCommand(place, path)));
  const inProcess = await warm(place, path, runs);
  const note = `${bytes.length} bytes`;
  const rows: Row[] = [
    { case: smallCase, contestant: "pulumi-tableau", unit: "ms", values: inProcess, note },
    { case: smallCase, contestant: jarsigner, unit: "ms", values: peer },
    { case: smallProcess, contestant: "pulumi-tableau", unit: "ms", values: own, note },
    { case: smallProcess, contestant: jarsigner, unit: "ms", values: peer },
  ];
  say(`small package of ${note} done`);
  return { rows, goals: [faster(rows, smallCase, jarsigner, 40), faster(rows, smallProcess, jarsigner, 2.3)] };
}

/** Milliseconds for one, by a hundred in a row. */
async function warm({ roots }: Place, path: string, runs: number): Promise<number[]> {
  const trust = await openTrustStores({ keystores: [roots] });
  const values: number[] = [];
  // The first round is for the compiler.
  for (let run = 0; run <= runs; run++) {
    const start = performance.now();
    for (let index = 0; index < 100; index++) await verifyTaco({ path }, { trust });
    if (run > 0) values.push((performance.now() - start) / 100);
  }
  return values;
}

async function large(place: Place, { runs, say }: JobOptions): Promise<JobResult> {
  const path = join(place.folder, "large.taco");
  const unpacked = join(place.folder, "unpacked");
  writeFileSync(path, await largeSigned(unpacked));
  const taken: Record<string, number[]> = { "pulumi-tableau": [], [jarsigner]: [], [openssl]: [] };
  for (let run = 1; run <= runs; run++) {
    taken[openssl]?.push(timed(["openssl", "dgst", "-sha256", unpacked]));
    taken["pulumi-tableau"]?.push(timed(ownCommand(place, path)));
    taken[jarsigner]?.push(timed(peerCommand(place, path)));
    say(
      `500 MB, run ${run}: ${Object.entries(taken)
        .map(([name, values]) => `${name} ${values.at(-1)?.toFixed(0) ?? ""} ms`)
        .join(", ")}`,
    );
  }
  rmSync(path);
  rmSync(unpacked);
  const rows = Object.entries(taken).map(([contestant, values]): Row => ({ case: largeCase, contestant, unit: "ms", values }));
  // Nothing is aimed at: no connector is so large (docs/decisions/0014-one-thread.md).
  return { rows, goals: [] };
}

/** Seconds and memory for what should be refused. */
async function hostile(place: Place, { say }: JobOptions): Promise<JobResult> {
  const rows: Row[] = [];
  const goals: Goal[] = [];
  for (const [name, bytes] of Object.entries(hostilePackages())) {
    const path = join(place.folder, "hostile.taco");
    writeFileSync(path, bytes);
    const { seconds, megabytes, status } = await measured(ownCommand(place, path));
    const ofCase = `refused: ${name}`;
    rows.push(
      { case: `${ofCase}, time`, contestant: "pulumi-tableau", unit: "s", values: [seconds], note: `${bytes.length} bytes` },
      { case: `${ofCase}, memory`, contestant: "pulumi-tableau", unit: "MB", values: [megabytes] },
    );
    goals.push(
      { goal: ofCase, figure: `exit status ${status ?? "none"}`, met: status === 1 },
      atMost(`${ofCase}, time`, seconds, 1, " s"),
      atMost(`${ofCase}, memory`, megabytes, 200, " MB"),
    );
    say(`${name}: ${seconds.toFixed(2)} s, ${megabytes} MB`);
  }
  return { rows, goals };
}

function peerCommand({ store }: Place, path: string): readonly string[] {
  return ["jarsigner", "-verify", "-strict", "-keystore", store, "-storepass", "changeit", path];
}

function ownCommand({ roots }: Place, path: string): readonly string[] {
  return [process.execPath, join(__dirname, "../../dist/main.js"), "verify", "--trust-store", roots, path];
}

function repeat(times: number, measure: () => number): number[] {
  return Array.from({ length: times }, measure);
}
