import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { verifyTaco } from "../../provider/signature";
import { buildZip } from "../../tests/taco/zip-builder";
import { runMain } from "../run-main.cjs";
import type { Issued } from "./build/certificates";
import { pem } from "./build/certificates";
import { writeJks } from "./build/jks";
import { algorithmCases } from "./cases/algorithms";
import { blockCases } from "./cases/blocks";
import { defaultStore } from "./cases/case";
import type { Case } from "./cases/case";
import { chainCases } from "./cases/chains";
import { combinationCases } from "./cases/combinations";
import { contentCases } from "./cases/contents";
import { dateCases } from "./cases/dates";
import { mergedCases } from "./cases/merged-rules";
import { readerCases } from "./cases/readers";
import { nameCases } from "./cases/names";
import { realToolCases } from "./cases/real-tools";
import { streamCases } from "./cases/streams";
import { textCases } from "./cases/texts";
import { zipCases } from "./cases/zips";
import { makeStores } from "./make-stores";
import { findJdks, referenceJdk } from "./jdks";
import { Oracle, verifies } from "./oracle";
import type { JavaVerdict } from "./oracle";

const folder = join(__dirname, "../../tests/signature/corpus");

/** A moment in the life of all certificates that are meant to be valid. */
const at = new Date("2026-11-24T12:00:00Z");

/**
 * `npm run corpus:signature`: makes the packages of the corpus, asks the jarsigner of every JDK of this machine about each, and records
 * their verdicts beside ours.
 *
 * What we accept, all have to verify: where one does not, the run ends with status 1. `VERBOSE=1` lists every package.
 */
async function main(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const work = mkdtempSync(join(tmpdir(), "corpus-"));
  const jdks = findJdks();
  const reference = referenceJdk(jdks);
  const oracle = new Oracle(reference);
  const others = jdks.filter((jdk) => jdk !== reference).map((jdk) => new Oracle(jdk));
  try {
    const cases = [
      ...contentCases(), ...textCases(), ...blockCases(), ...algorithmCases(), ...chainCases(), ...dateCases(), ...zipCases(), ...readerCases(), ...streamCases(), ...combinationCases(), ...mergedCases(), ...nameCases(), ...(await realToolCases(work, reference.home)),
    ]; // prettier-ignore
    const stores = new Stores(work);
    const verdicts: Record<string, unknown> = {};
    for (const one of cases) {
      const path = join(work, `${one.name}.taco`);
      writeFileSync(path, one.taco);
      const store = stores.of(one.store ?? defaultStore);
      verdicts[one.name] = await record(one, path, store, oracle, others);
    }
    makeStores(work, folder, reference.home);
    const versions = { jdk: reference.version, otherJdks: others.map(({ version }) => version) };
    write(cases, stores, { at: at.toISOString(), ...versions, packages: verdicts });
  } finally {
    [oracle, ...others].forEach((one) => one.end());
    rmSync(work, { recursive: true });
  }
}

/** Trust stores by their contents: few packages need one of their own. */
class Stores {
  readonly bundles = new Map<string, string>();
  readonly #work: string;

  constructor(work: string) {
    this.#work = work;
  }

  of(certificates: readonly Issued[]): { readonly name: string; readonly jks: string; readonly pem: Buffer } {
    const text = certificates.map(pem).join("");
    const name = this.bundles.get(text) ?? `store-${this.bundles.size}.pem`;
    this.bundles.set(text, name);
    const jks = join(this.#work, `${name}.jks`);
    writeFileSync(jks, writeJks(certificates));
    return { name, jks, pem: Buffer.from(text) };
  }
}

async function record(
  one: Case,
  path: string,
  store: ReturnType<Stores["of"]>,
  oracle: Oracle,
  others: readonly Oracle[],
): Promise<unknown> {
  const asked = [oracle, ...others].map((jvm) => jvm.verify(path, store.jks));
  const verdict = await verifyTaco(one.taco, { trust: { keystores: [{ name: store.name, bytes: store.pem }] }, at });
  const [jarsigner = { result: "", exitCode: -1 }, ...answers] = await Promise.all(asked);
  const differing: Record<string, JavaVerdict> = {};
  answers.forEach((other, index) => {
    if (other.result !== jarsigner.result || other.exitCode !== jarsigner.exitCode) {
      differing[others[index]?.version ?? ""] = other;
    }
  });
  const refusals = verdict.findings.filter(({ severity }) => severity === "refuse").map(({ code }) => code);
  const same = jarsigner.result === verdict.jarsigner.result && jarsigner.exitCode === verdict.jarsigner.exitCode;
  const lax = verdict.accepted && ![jarsigner, ...answers].every(verifies);
  if (lax) {
    process.exitCode = 1;
  }
  const mark = lax ? "LAXER" : same ? "" : "differs";
  if (mark !== "" || process.env["VERBOSE"] !== undefined) {
    const ours = `${verdict.jarsigner.result} ${verdict.jarsigner.exitCode}`;
    const java = `java ${jarsigner.result} ${jarsigner.exitCode}${Object.keys(differing).length === 0 ? "" : ` ${JSON.stringify(differing)}`}`;
    console.log(`${mark.padEnd(8)}${one.name}: ${java}, we ${ours} ${verdict.accepted ? "accepted" : refusals.join(" ")}`);
  }
  return {
    ...(store.name === "store-0.pem" ? {} : { store: store.name }),
    jarsigner,
    ...(Object.keys(differing).length === 0 ? {} : { others: differing }),
    ...(same ? {} : { ours: verdict.jarsigner }),
    accepted: verdict.accepted,
    findings: [...new Set(verdict.findings.map(({ code }) => code))].sort(),
  };
}

function write(cases: readonly Case[], stores: Stores, verdicts: object): void {
  const packages = cases.map(({ name, taco }) => ({
    name: `${name}.taco`,
    data: taco,
    method: taco.length > 100_000 ? (8 as const) : (0 as const),
  }));
  const bundles = [...stores.bundles].map(([text, name]) => ({ name, data: text }));
  const archive = buildZip([...packages, ...bundles]);
  writeFileSync(join(folder, "packages.zip"), archive);
  writeFileSync(join(folder, "verdicts.json"), `${JSON.stringify(verdicts, null, 1)}\n`);
  console.log(`${cases.length} packages, ${archive.length} bytes`);
}

void runMain(main);
