import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { canName, findZipReaders, ownListing } from "../../scripts/signature/zip-readers";
import type { Listing } from "../../scripts/signature/zip-readers";
import { corpus, readCorpusFiles } from "./corpus";

/** One package, two readers: whoever reads an accepted package, with whatever program, sees the files that were verified. */
describe("readers of zips that are no part of the project", () => {
  const readers = findZipReaders();
  let folder: string;
  let files: ReadonlyMap<string, Buffer>;
  const names = Object.keys(corpus.packages).filter((name) => /^(?:zip|readers|stream|name|good)-/.test(name));

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "readers-"));
    files = await readCorpusFiles();
  });
  afterAll(() => {
    readers.forEach((reader) => reader.end());
    rmSync(folder, { recursive: true });
  });

  const taco = (name: string): Buffer => files.get(`${name}.taco`) ?? Buffer.alloc(0);
  const read = async (name: string): Promise<readonly (readonly [string, Listing | string])[]> => {
    const path = join(folder, "package.taco");
    writeFileSync(path, taco(name));
    const seen: (readonly [string, Listing | string])[] = [];
    for (const reader of readers) {
      seen.push([reader.name, await reader.read(path).catch((error: unknown) => String(error))]);
    }
    return seen;
  };

  const accepted = names.filter((name) => corpus.packages[name]?.accepted);

  it.each(accepted)("see the same files in %s", async (name) => {
    const own = await ownListing(taco(name));
    const able = readers.filter((reader) => canName(reader, own)).map((reader) => reader.name);
    const seen = (await read(name)).filter(([reader]) => able.includes(reader));
    expect(Object.fromEntries(seen)).toEqual(Object.fromEntries(able.map((reader) => [reader, own])));
  });

  it("are many cases", () => {
    expect(accepted.length).toBeGreaterThan(35);
    expect(readers.map(({ name }) => name)).toContain("yauzl");
  });

  // What the rules are for: Java verifies these, and the other readers see something else in them, or nothing.
  const betrayed = [
    ["readers-unicode-path-exchange", "yauzl"],
    ["readers-unicode-path-exchange-local", "unzip"],
    ["readers-name-utf8-unsaid", "python"],
    ["readers-version-needed-too-new", "unzip"],
    ["readers-link-host-3", "unzip"],
    ["readers-link-host-16", "unzip"],
    ["readers-dos-volume-label", "unzip"],
    ["readers-flag-5", "python"],
    ["name-backslash", "yauzl"],
  ] as const;

  it.each(betrayed.filter(([, reader]) => readers.some(({ name }) => name === reader)))(
    "%s is verified by a jarsigner, is another package for %s, and is refused",
    async (name, reader) => {
      const { jarsigner, others } = corpus.packages[name] ?? {};
      expect([jarsigner, ...Object.values(others ?? {})].some((verdict) => verdict?.result === "verified" && verdict.exitCode === 0)).toBe(
        true,
      );
      const seen = Object.fromEntries(await read(name))[reader];
      expect(seen).not.toEqual(await ownListing(taco(name)));
      expect(corpus.packages[name]?.accepted).toBe(false);
    },
  );
});
