import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fromBufferPromise } from "yauzl";
import type { JarsignerVerdict } from "../../provider/signature";

export interface RecordedVerdict {
  /** Default: store-0.pem. */
  readonly store?: string;
  readonly jarsigner: JarsignerVerdict;
  /** Verdicts of other JDKs, by version, where they are others. */
  readonly others?: Readonly<Record<string, JarsignerVerdict>>;
  /** Our view of jarsigner's verdict, where it is another. */
  readonly ours?: JarsignerVerdict;
  readonly accepted: boolean;
  readonly findings: readonly string[];
}

export interface Corpus {
  /** The moment to judge by, ISO 8601. */
  readonly at: string;
  /** Version of the JDK whose verdicts are recorded. */
  readonly jdk: string;
  /** Versions of the other JDKs that were asked. */
  readonly otherJdks: readonly string[];
  readonly packages: Readonly<Record<string, RecordedVerdict>>;
}

const folder = join(__dirname, "corpus");

export const corpus = JSON.parse(readFileSync(join(folder, "verdicts.json"), "utf8")) as Corpus;

/** Packages (`NAME.taco`) and trust stores (`store-N.pem`) of the corpus by name. */
export async function readCorpusFiles(archive = "packages.zip"): Promise<ReadonlyMap<string, Buffer>> {
  const zip = await fromBufferPromise(readFileSync(join(folder, archive)), { lazyEntries: true });
  const files = new Map<string, Buffer>();
  for await (const entry of zip.eachEntry()) {
    const chunks: Buffer[] = [];
    for await (const chunk of await zip.openReadStreamPromise(entry)) {
      chunks.push(chunk as Buffer);
    }
    files.set(entry.fileName, Buffer.concat(chunks));
  }
  return files;
}
