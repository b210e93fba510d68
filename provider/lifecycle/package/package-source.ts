import { randomBytes } from "node:crypto";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { TableauError } from "../../vocabulary/error";
import { reasonOf } from "../../vocabulary/file-reason";
import type { FileKind } from "../../vocabulary/file-limits";
import { hashed, type Hashed } from "./hashed";
import { readHashed } from "./read-hashed";
import { download } from "./download";
import { isHttps, withoutSecrets } from "./is-https";

/**
 * The bytes of a package or a driver, with their digest: read from a file, or fetched over https once and kept in the cache by its digest.
 *
 * @throws TableauError source-unavailable, also if it is larger than one of its kind may be; digest-mismatch if the bytes are not those that
 * `sha256` pins.
 */
export async function readPackage(
  source: string,
  sha256: string | undefined,
  cacheDirectory: string,
  kind: Exclude<FileKind, "folder" | "trustStore" | "certificate">,
): Promise<Hashed> {
  const found = isHttps(source) ? await fetched(source, sha256 ?? "", cacheDirectory, kind) : await fromFile(source, kind);
  if (sha256 === undefined || found.sha256 === sha256) return found;
  throw new TableauError("digest-mismatch", {
    message: `${withoutSecrets(source)} is not the file that is pinned: expected sha256 ${sha256}, got ${found.sha256}.`,
    next: "Take the file that was approved, or change `sha256` if this one is meant.",
  });
}

async function fromFile(source: string, kind: FileKind): Promise<Hashed> {
  try {
    return await readHashed(source, kind);
  } catch (error) {
    throw new TableauError("source-unavailable", {
      message: `${source} cannot be read (${reasonOf(error)}); relative paths start at ${process.cwd()}.`,
      next: "Correct `source`, or put the file there.",
      cause: error,
    });
  }
}

async function fetched(url: string, sha256: string, cacheDirectory: string, kind: FileKind): Promise<Hashed> {
  const path = join(cacheDirectory, "packages", sha256);
  const cached = await readHashed(path, kind).catch(() => null);
  if (cached?.sha256 === sha256) return cached;
  const downloaded = hashed(await download(url, kind));
  if (downloaded.sha256 === sha256) await keep(path, downloaded.bytes);
  return downloaded;
}

// A failed write costs only another download.
async function keep(path: string, bytes: Buffer): Promise<void> {
  const part = `${path}.${randomBytes(6).toString("hex")}.part`;
  try {
    await mkdir(join(path, ".."), { recursive: true });
    await writeFile(part, bytes);
    await rename(part, path);
  } catch {
    return;
  }
}
