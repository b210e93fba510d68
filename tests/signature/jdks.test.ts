import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeJks } from "../../scripts/signature/build/jks";
import { findJdks, referenceJdk } from "../../scripts/signature/jdks";
import type { Jdk } from "../../scripts/signature/jdks";
import { Oracle, verifies } from "../../scripts/signature/oracle";
import { corpus, readCorpusFiles } from "./corpus";

/** `ALL_JDKS=1`: every package and every JDK of this machine. Without, a sample, with the newest JDK 17 and the newest of all. */
const whole = process.env["ALL_JDKS"] !== undefined;
const found = findJdks();
const newest = found.length === 0 ? [] : [referenceJdk(found), ...found.slice(-1)];
const chosen = whole ? found : newest.filter((jdk, index) => newest.indexOf(jdk) === index);
const names = Object.keys(corpus.packages);
// Every package that was once told apart by a JDK, and some of the others, spread over all kinds.
const differing = names.filter((name) => corpus.packages[name]?.others !== undefined && corpus.packages[name].accepted);
const sample = whole ? names : [...new Set([...differing, ...names.filter((_, index) => index % 29 === 0)])].slice(0, 60);

let folder: string;
let files: ReadonlyMap<string, Buffer>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "jdks-"));
  files = await readCorpusFiles();
  for (const [name, bytes] of files) {
    writeFileSync(join(folder, name), name.endsWith(".pem") ? writeJks(certificatesOf(bytes.toString("latin1"))) : bytes);
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

function certificatesOf(text: string): { readonly der: Buffer }[] {
  return [...text.matchAll(/-----BEGIN CERTIFICATE-----([^-]*)-----END/g)].map(([, body = ""]) => ({ der: Buffer.from(body, "base64") }));
}

const recorded = new Set([corpus.jdk, ...corpus.otherJdks]);

// Without a JDK the recorded verdicts stand for it; there is nothing to compare them with then.
(chosen.length === 0 ? describe.skip : describe)("the JDKs of this machine", () => {
  it.each(chosen.map((jdk): [string, Jdk] => [jdk.version, jdk]))(
    "%s verifies whatever is accepted, and says what was recorded",
    async (version, jdk) => {
      const oracle = new Oracle(jdk);
      const complaints: string[] = [];
      for (const name of sample) {
        const { store = "store-0.pem", accepted = false, jarsigner, others } = corpus.packages[name] ?? {};
        const said = await oracle.verify(join(folder, `${name}.taco`), join(folder, store));
        if (accepted && !verifies(said)) {
          complaints.push(`${name} is accepted; ${version} says ${said.result} ${said.exitCode}`);
        }
        const expected = others?.[version] ?? jarsigner;
        if (recorded.has(version) && (said.result !== expected?.result || said.exitCode !== expected.exitCode)) {
          complaints.push(
            `${name}: recorded as ${expected?.result} ${expected?.exitCode}, ${version} says ${said.result} ${said.exitCode}`,
          );
        }
      }
      oracle.end();
      expect(complaints).toEqual([]);
    },
    600_000,
  );
});
