import { execFile, spawn, spawnSync } from "node:child_process";
import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { createHash } from "node:crypto";
import { lstatSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { fromBufferPromise } from "yauzl";
import { consumeEntry } from "../../provider/taco/zip/consume-entry";
import { openZip } from "../../provider/taco/zip/open-zip";

/** Digests of a package's files by name, as one reader sees them. */
export type Listing = Readonly<Record<string, string>>;

/** A zip reader that is no part of the project. */
export interface ZipReader {
  readonly name: string;
  /** @throws where it refuses the file. */
  read(path: string): Promise<Listing>;
  end(): void;
}

const digest = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

/** What the project itself reads. */
export async function ownListing(taco: Buffer): Promise<Listing> {
  const { source, spans } = await openZip(taco);
  const listing: Record<string, string> = {};
  for (const span of spans.filter(({ entry }) => !entry.name.endsWith("/"))) {
    const hash = createHash("sha256");
    await consumeEntry(source, span, (chunk) => hash.update(chunk));
    listing[span.entry.name] = hash.digest("hex");
  }
  return listing;
}

/**
 * unzip spoils names that are not ASCII in every entry that is said to come from MS-DOS, as Java says of all of them, whatever the flag for UTF-8
 * says: those of Java's own jar too.
 */
export function canName({ name }: ZipReader, listing: Listing): boolean {
  return name !== "unzip" || Object.keys(listing).every((file) => /^[\x20-\x7e]*$/.test(file));
}

/** Those that are there: yauzl with its own decoding of names, Python's zipfile, and unzip. */
export function findZipReaders(): readonly ZipReader[] {
  const runs = (command: string, option: string): boolean => spawnSync(command, [option]).status === 0;
  return [yauzlReader, ...(runs("python3", "--version") ? [new PythonReader()] : []), ...(runs("unzip", "-v") ? [unzipReader] : [])];
}

const yauzlReader: ZipReader = {
  name: "yauzl",
  read: async (path) => {
    const zip = await fromBufferPromise(readFileSync(path), { lazyEntries: true });
    const listing: Record<string, string> = {};
    for await (const entry of zip.eachEntry()) {
      if (!entry.fileName.endsWith("/")) {
        const chunks: Buffer[] = [];
        for await (const chunk of await zip.openReadStreamPromise(entry)) {
          chunks.push(chunk as Buffer);
        }
        listing[entry.fileName] = digest(Buffer.concat(chunks));
      }
    }
    return listing;
  },
  end: () => undefined,
};

/** Unpacks to disk, as a person does: what is not a regular file there, or has another name, shows. */
const unzipReader: ZipReader = {
  name: "unzip",
  read: async (path) => {
    const folder = mkdtempSync(join(tmpdir(), "unzip-"));
    try {
      await promisify(execFile)("unzip", ["-qq", "-o", path, "-d", folder], { env: { ...process.env, LC_ALL: "C.UTF-8" } });
      return walk(folder, "");
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
  end: () => undefined,
};

function walk(folder: string, prefix: string): Listing {
  const listing: Record<string, string> = {};
  for (const name of readdirSync(join(folder, prefix))) {
    const path = join(folder, prefix, name);
    const kind = lstatSync(path);
    if (kind.isDirectory()) {
      Object.assign(listing, walk(folder, join(prefix, name)));
    } else {
      listing[join(prefix, name)] = kind.isFile() ? digest(readFileSync(path)) : "no regular file";
    }
  }
  return listing;
}

const program = `
import hashlib, json, sys, zipfile
for line in sys.stdin:
    try:
        with zipfile.ZipFile(line.rstrip("\\n")) as archive:
            print(json.dumps({i.filename: hashlib.sha256(archive.read(i)).hexdigest() for i in archive.infolist() if not i.is_dir()}), flush=True)
    except Exception as error:
        print(json.dumps(str(error) or repr(error)), flush=True)
`;

/** Python's zipfile, in one process for many files. */
class PythonReader implements ZipReader {
  readonly name = "python";
  readonly #process: ChildProcessWithoutNullStreams = spawn("python3", ["-c", program], {
    env: { ...process.env, PYTHONIOENCODING: "utf-8" },
  });
  readonly #answers = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();

  async read(path: string): Promise<Listing> {
    this.#process.stdin.write(`${path}\n`);
    const line = await this.#answers.next();
    if (line.done === true) {
      throw new Error("Python ended.");
    }
    const answer = JSON.parse(line.value) as Listing | string;
    if (typeof answer === "string") {
      throw new Error(answer);
    }
    return answer;
  }

  end(): void {
    this.#process.stdin.end();
  }
}
