import { createHash } from "node:crypto";
import { TableauError } from "../vocabulary/error";
import { printableLine } from "../vocabulary/printable";
import { readManifest } from "./manifest";
import type { Manifest } from "./manifest";
import type { Taco } from "./taco.types";
import { isWebDataConnector, readWebDataConnector, webDataConnectorFile } from "./web-data-connector";
import { decodeXml } from "./xml-text";
import type { ByteSource, PackageSource } from "./zip/byte-source";
import { consumeEntry } from "./zip/consume-entry";
import { openZip } from "./zip/open-zip";
import type { Zip } from "./zip/read-zip";
import type { ZipProblem } from "./zip/zip.types";

const manifestFile = "manifest.xml";
/** Tableau's documentation allows 3 MB for a file. */
const longestManifest = 3 * 1024 * 1024;
const problemsTold = 8;

/**
 * Reads what a package (.taco) says about itself. Nothing is written to disk, and no more is read than the package declares.
 *
 * Every entry is unpacked and compared with its checksum, so that a damaged file is found here; signatures are not looked at.
 *
 * @throws TableauError `package-unreadable` with everything that is wrong with it.
 */
export async function readTaco(source: PackageSource): Promise<Taco> {
  const where = Buffer.isBuffer(source) ? "The package" : source.path;
  const zip = await openZip(source).catch((error: unknown) => {
    throw unreadable(where, reason(error), error);
  });
  try {
    return await describe(zip, where);
  } catch (error) {
    throw error instanceof TableauError ? error : unreadable(where, reason(error), error);
  } finally {
    await zip.source.close();
  }
}

async function describe(zip: Zip, where: string): Promise<Taco> {
  const contents = await readContents(zip);
  const problems = [...zip.problems, ...contents.problems].filter(({ code }) => code !== "zip-comment");
  if (problems.length > 0) {
    throw unreadable(where, list(problems.map(({ message }) => message)));
  }
  const names = zip.entries.map(({ name }) => name);
  const manifest = parseManifest(contents.files, where);
  const missing = manifest.files.filter((file) => !names.includes(file));
  if (missing.length > 0) {
    throw unreadable(where, `Its manifest names files that it does not hold: ${missing.map((file) => JSON.stringify(file)).join(", ")}.`);
  }
  const { files: _files, hasDriverParts: _parts, ...described } = manifest;
  return {
    sha256: await digest(zip.source),
    size: zip.source.size,
    kind: isWebDataConnector(manifest, names) ? "web-data-connector" : "connector",
    ...described,
    signed: isSigned(names),
    entries: zip.entries.map(({ name, size }) => ({ name, size })),
  };
}

interface Contents {
  readonly files: ReadonlyMap<string, Buffer>;
  readonly problems: readonly ZipProblem[];
}

async function readContents(zip: Zip): Promise<Contents> {
  const files = new Map<string, Buffer>();
  const problems: ZipProblem[] = [];
  for (const span of zip.spans) {
    const { name, size } = span.entry;
    const kept = (name === manifestFile || name === webDataConnectorFile) && size <= longestManifest;
    const chunks: Buffer[] = [];
    const found = await consumeEntry(zip.source, span, (chunk) => kept && chunks.push(chunk));
    for (const problem of found) problems.push(problem);
    if (kept) {
      files.set(name, Buffer.concat(chunks));
    }
  }
  return { files, problems };
}

function parseManifest(files: ReadonlyMap<string, Buffer>, where: string): Manifest {
  const xml = files.get(manifestFile);
  const json = files.get(webDataConnectorFile);
  if (xml === undefined && json === undefined) {
    throw unreadable(where, `It has no ${manifestFile} (of at most 3 MB) at its top level.`);
  }
  try {
    return xml === undefined ? readWebDataConnector(json?.toString("utf8") ?? "") : readManifest(decodeXml(xml));
  } catch (error) {
    throw unreadable(where, `Its ${xml === undefined ? webDataConnectorFile : manifestFile} cannot be used: ${reason(error)}.`, error);
  }
}

async function digest(source: ByteSource): Promise<string> {
  const hash = createHash("sha256");
  const piece = 4 * 1024 * 1024;
  for (let at = 0; at < source.size; at += piece) {
    hash.update(await source.read(at, Math.min(piece, source.size - at)));
  }
  return hash.digest("hex");
}

function isSigned(names: readonly string[]): boolean {
  const upper = new Set(names.map((name) => name.toUpperCase()));
  const bases = [...upper].filter((name) => /^META-INF\/[^/]+\.SF$/.test(name)).map((name) => name.slice(0, -2));
  return bases.some((base) => ["RSA", "DSA", "EC"].some((extension) => upper.has(base + extension)));
}

function list(messages: readonly string[]): string {
  const told = messages.slice(0, problemsTold);
  const rest = messages.length - told.length;
  return told.join(" ") + (rest > 0 ? ` And ${rest} more of this kind.` : "");
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function unreadable(where: string, message: string, cause?: unknown): TableauError {
  return new TableauError("package-unreadable", {
    message: `${where} is not a usable connector package. ${printableLine(message)}`,
    next: "Build it again with Tableau's connector packager, or ask its vendor for an intact copy.",
    cause,
  });
}
