import { execFileSync } from "node:child_process";
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
import { realToolCases } from "./cases/real-tools";
import { textCases } from "./cases/texts";
import { zipCases } from "./cases/zips";
import { makeStores } from "./make-stores";
import { Oracle } from "./oracle";
import type { JavaVerdict } from "./oracle";

const folder = join(__dirname, "../../tests/signature/corpus");

/** A moment in the life of all certificates that are meant to be valid. */
const at = new Date("2026-11-24T12:00:00Z");

/**
 * `npm run corpus:signature`: makes the packages of the corpus, asks jarsigner about each, and records its verdicts beside ours.
 *
 * The JDK 17 on PATH is asked, or that of JAVA_HOME; those in OTHER_JDKS (a list of homes) are asked as well. What we accept, all have
 * to verify.
 */
async function main(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const work = mkdtempSync(join(tmpdir(), "corpus-"));
  const oracle = new Oracle(process.env["JAVA_HOME"]);
  const others = (process.env["OTHER_JDKS"] ?? "").split(":").filter((home) => home !== "");
  try {
    const cases = [
      ...contentCases(), ...textCases(), ...blockCases(), ...algorithmCases(), ...chainCases(), ...dateCases(), ...zipCases(), ...combinationCases(), ...mergedCases(), ...(await realToolCases(work)),
    ]; // prettier-ignore
    const stores = new Stores(work);
    const verdicts: Record<string, unknown> = {};
    for (const one of cases) {
      const path = join(work, `${one.name}.taco`);
      writeFileSync(path, one.taco);
      const store = stores.of(one.store ?? defaultStore);
      verdicts[one.name] = await record(one, path, store, oracle, others);
    }
    makeStores(work, folder);
    write(cases, stores, { at: at.toISOString(), jdk: oracle.version, packages: verdicts });
  } finally {
    oracle.end();
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
  others: readonly string[],
): Promise<unknown> {
  const jarsigner = await oracle.verify(path, store.jks);
  const verdict = await verifyTaco(one.taco, { trust: { keystores: [{ name: store.name, bytes: store.pem }] }, at });
  const differing = others
    .map((home) => [home, ask(home, path, store.jks)] as const)
    .filter(([, other]) => verdict.accepted && other.exitCode !== 0);
  const refusals = verdict.findings.filter(({ severity }) => severity === "refuse").map(({ code }) => code);
  const same = jarsigner.result === verdict.jarsigner.result && jarsigner.exitCode === verdict.jarsigner.exitCode;
  const javaAccepts = jarsigner.result === "verified" && jarsigner.exitCode === 0;
  const mark = verdict.accepted && (!javaAccepts || differing.length > 0) ? "LAXER" : same ? "" : "differs";
  if (mark !== "" || process.env["VERBOSE"] !== undefined) {
    const ours = `${verdict.jarsigner.result} ${verdict.jarsigner.exitCode}`;
    console.log(
      `${mark.padEnd(8)}${one.name}: java ${jarsigner.result} ${jarsigner.exitCode}, we ${ours} ${verdict.accepted ? "accepted" : refusals.join(" ")}`,
    );
  }
  return {
    ...(store.name === "store-0.pem" ? {} : { store: store.name }),
    jarsigner,
    ...(same ? {} : { ours: verdict.jarsigner }),
    accepted: verdict.accepted,
    findings: [...new Set(verdict.findings.map(({ code }) => code))].sort(),
  };
}

/** One question to a JDK of another version. */
function ask(home: string, path: string, jks: string): JavaVerdict {
  try {
    const out = execFileSync(join(home, "bin", "jarsigner"), ["-verify", "-strict", "-keystore", jks, "-storepass", "changeit", path], {
      encoding: "utf8",
      stdio: "pipe",
    });
    return { result: out.includes("jar verified.") ? "verified" : "other", exitCode: 0 };
  } catch (error) {
    return { result: "other", exitCode: (error as { status?: number }).status ?? -1 };
  }
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
