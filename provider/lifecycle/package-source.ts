import { randomBytes } from "node:crypto";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { TableauError } from "../error";
import { hashed, type Hashed } from "./hashed";
import { readHashed } from "./read-hashed";

const largestBytes = 64 * 1024 * 1024;
const fetchTimeoutMilliseconds = 60_000;

export function isHttps(source: string): boolean {
  return /^https:\/\//i.test(source);
}

/**
 * The bytes of a package, with their digest: read from a file, or fetched over https once and kept in the cache by its digest.
 *
 * @throws TableauError source-unavailable, or digest-mismatch if the bytes are not those that `sha256` pins.
 */
export async function readPackage(source: string, sha256: string | undefined, cacheDirectory: string): Promise<Hashed> {
  const found = isHttps(source) ? await fetched(source, sha256 ?? "", cacheDirectory) : await fromFile(source);
  if (sha256 === undefined || found.sha256 === sha256) return found;
  throw new TableauError("digest-mismatch", {
    message: `${source} is not the package that is pinned: expected sha256 ${sha256}, got ${found.sha256}.`,
    next: "Take the file that was approved, or change `sha256` if this one is meant.",
  });
}

async function fromFile(source: string): Promise<Hashed> {
  try {
    return await readHashed(source);
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new TableauError("source-unavailable", {
      message: `${source} cannot be read (${reason}); relative paths start at ${process.cwd()}.`,
      next: "Correct `source`, or put the file there.",
      cause: error,
    });
  }
}

async function fetched(url: string, sha256: string, cacheDirectory: string): Promise<Hashed> {
  const path = join(cacheDirectory, "packages", sha256);
  const cached = await readHashed(path).catch(() => null);
  if (cached?.sha256 === sha256) return cached;
  const downloaded = hashed(await download(url));
  if (downloaded.sha256 === sha256) await keep(path, downloaded.bytes);
  return downloaded;
}

async function download(url: string): Promise<Buffer> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(fetchTimeoutMilliseconds) });
    if (!response.ok) throw new Error(`HTTP ${String(response.status)}`);
    return await readBody(response);
  } catch (error) {
    const reason =
      error instanceof Error ? `${error.message}${error.cause instanceof Error ? `: ${error.cause.message}` : ""}` : String(error);
    throw new TableauError("source-unavailable", {
      message: `${withoutQuery(url)} cannot be fetched (${reason}).`,
      next: "Correct `source`, or see why that address does not answer.",
    });
  }
}

async function readBody(response: Response): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += (part as Uint8Array).length;
    if (size > largestBytes) throw new Error(`it is larger than ${String(largestBytes)} bytes`);
    parts.push(part as Uint8Array);
  }
  return Buffer.concat(parts);
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

// A query may carry a token.
function withoutQuery(url: string): string {
  return url.split(/[?#]/, 1).join("");
}
